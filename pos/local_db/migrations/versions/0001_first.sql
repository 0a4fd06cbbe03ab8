-- The first shape of a till's store. Frozen: a change is a revision of its own.

CREATE TABLE shop (id INTEGER NOT NULL CHECK (id = 1), uid TEXT DEFAULT '' NOT NULL, name TEXT DEFAULT '' NOT NULL,
  address TEXT DEFAULT '' NOT NULL, cashier TEXT DEFAULT '' NOT NULL, device TEXT DEFAULT '' NOT NULL, prefix TEXT NOT NULL,
  epoch INTEGER DEFAULT '0' NOT NULL, timeline TEXT DEFAULT '' NOT NULL, server_key TEXT DEFAULT '' NOT NULL,
  central_url TEXT DEFAULT '' NOT NULL, paired_at INTEGER DEFAULT '0' NOT NULL, cap_amount INTEGER DEFAULT '0' NOT NULL,
  cap_used INTEGER DEFAULT '0' NOT NULL, cursor TEXT DEFAULT '' NOT NULL, acked_seq INTEGER DEFAULT '0' NOT NULL,
  acked_hash TEXT DEFAULT '' NOT NULL, last_success_at INTEGER DEFAULT '0' NOT NULL, digest_ok INTEGER DEFAULT '1' NOT NULL,
  clock_offset INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id));

CREATE TABLE setting ("key" TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY ("key")) WITHOUT ROWID;

CREATE TABLE product (id INTEGER NOT NULL, uid TEXT NOT NULL, rank INTEGER NOT NULL, name TEXT NOT NULL,
  category TEXT DEFAULT '' NOT NULL, brand TEXT DEFAULT '' NOT NULL, size TEXT DEFAULT '' NOT NULL, drawing TEXT DEFAULT '' NOT NULL,
  base_unit TEXT DEFAULT 'pcs' NOT NULL, sell_unit INTEGER DEFAULT '0' NOT NULL, cost_total INTEGER DEFAULT '0' NOT NULL,
  cost_quantity INTEGER DEFAULT '0' NOT NULL, min_stock INTEGER DEFAULT '0' NOT NULL, online_buffer INTEGER DEFAULT '0' NOT NULL,
  listed_online INTEGER DEFAULT '0' NOT NULL, regulation TEXT DEFAULT 'none' NOT NULL, needs_review INTEGER DEFAULT '0' NOT NULL,
  deleted INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, coded INTEGER DEFAULT '0' NOT NULL,
  sold INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), UNIQUE (uid), UNIQUE (rank));

CREATE TABLE product_unit (id INTEGER NOT NULL, uid TEXT NOT NULL, product_id INTEGER NOT NULL, position INTEGER NOT NULL,
  name TEXT NOT NULL, factor INTEGER NOT NULL CHECK (factor >= 1), PRIMARY KEY (id),
  CHECK (id = product_id * 1024 + position AND position BETWEEN 0 AND 1023), UNIQUE (uid));

CREATE TABLE goods_total (kind TEXT NOT NULL, name TEXT NOT NULL, products INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (kind,
  name)) WITHOUT ROWID;

CREATE TABLE basket (uid TEXT NOT NULL, state TEXT NOT NULL, label TEXT DEFAULT '' NOT NULL, started_at INTEGER NOT NULL,
  cursor INTEGER DEFAULT '0' NOT NULL, first_step INTEGER DEFAULT '1' NOT NULL, last_step INTEGER DEFAULT '0' NOT NULL,
  PRIMARY KEY (uid)) WITHOUT ROWID;

CREATE TABLE online_order (uid TEXT NOT NULL, number TEXT NOT NULL, status TEXT NOT NULL, final INTEGER DEFAULT '0' NOT NULL,
  version INTEGER NOT NULL, buyer TEXT DEFAULT '' NOT NULL, buyer_phone4 TEXT DEFAULT '' NOT NULL, buyer_kind TEXT DEFAULT '' NOT NULL,
  total INTEGER NOT NULL, paid INTEGER DEFAULT '0' NOT NULL, placed_at INTEGER NOT NULL, deadline_at INTEGER DEFAULT '0' NOT NULL,
  slot_from INTEGER DEFAULT '0' NOT NULL, slot_to INTEGER DEFAULT '0' NOT NULL, note TEXT DEFAULT '' NOT NULL,
  reason TEXT DEFAULT '' NOT NULL, pickup_code TEXT DEFAULT '' NOT NULL, short_code TEXT DEFAULT '' NOT NULL,
  flags TEXT DEFAULT '[]' NOT NULL, pending TEXT DEFAULT '' NOT NULL, seen INTEGER DEFAULT '0' NOT NULL,
  PRIMARY KEY (uid)) WITHOUT ROWID;

CREATE TABLE pickup (order_uid TEXT NOT NULL, operation TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (order_uid)) WITHOUT ROWID;

CREATE TABLE outbox (epoch INTEGER NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL,
  payload BLOB NOT NULL, payload_hash TEXT NOT NULL, chain_hash TEXT NOT NULL, state TEXT DEFAULT 'waiting' NOT NULL,
  code TEXT DEFAULT '' NOT NULL, acked_at INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (epoch, seq), UNIQUE (id));

CREATE TABLE print_job (id INTEGER NOT NULL, kind TEXT NOT NULL, document TEXT NOT NULL, copy INTEGER DEFAULT '0' NOT NULL,
  printer TEXT NOT NULL, data BLOB NOT NULL, sha256 TEXT NOT NULL, state TEXT DEFAULT 'queued' NOT NULL, created_at INTEGER NOT NULL,
  attempts INTEGER DEFAULT '0' NOT NULL, sent_at INTEGER, evidence TEXT DEFAULT '' NOT NULL, expires_at INTEGER,
  max_attempts INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), UNIQUE (kind, document, copy, printer));

CREATE TABLE audit (id INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT DEFAULT '' NOT NULL, action TEXT NOT NULL,
  subject TEXT DEFAULT '' NOT NULL, details TEXT DEFAULT '' NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (id));

CREATE TABLE sale (id INTEGER NOT NULL, uid TEXT NOT NULL, number TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
  session_uid TEXT NOT NULL, cashier TEXT DEFAULT '' NOT NULL, at INTEGER NOT NULL, total INTEGER NOT NULL,
  rounding INTEGER DEFAULT '0' NOT NULL, kind TEXT DEFAULT 'sale' NOT NULL, corrects TEXT DEFAULT '' NOT NULL, PRIMARY KEY (id),
  UNIQUE (epoch, seq), UNIQUE (uid), UNIQUE (number));

CREATE TABLE stock_movement (cause TEXT NOT NULL, position INTEGER NOT NULL, product_uid TEXT NOT NULL, quantity INTEGER NOT NULL,
  reason TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (cause, position)) WITHOUT ROWID;

CREATE TABLE stock (product_uid TEXT NOT NULL, on_hand INTEGER DEFAULT '0' NOT NULL, movements INTEGER DEFAULT '0' NOT NULL,
  min_stock INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (product_uid)) WITHOUT ROWID;

CREATE TABLE total (id INTEGER NOT NULL CHECK (id = 1), sales INTEGER DEFAULT '0' NOT NULL, movements INTEGER DEFAULT '0' NOT NULL,
  on_hand INTEGER DEFAULT '0' NOT NULL, waiting INTEGER DEFAULT '0' NOT NULL, sales_indexed INTEGER DEFAULT '0' NOT NULL,
  paper_emptied INTEGER DEFAULT '0' NOT NULL, payload_epoch INTEGER DEFAULT '0' NOT NULL, payload_seq INTEGER DEFAULT '0' NOT NULL,
  PRIMARY KEY (id));

CREATE TABLE cash_session (uid TEXT NOT NULL, cashier TEXT DEFAULT '' NOT NULL, opened_at INTEGER NOT NULL,
  float_amount INTEGER NOT NULL CHECK (float_amount >= 0), PRIMARY KEY (uid)) WITHOUT ROWID;

CREATE TABLE drawer (session_uid TEXT NOT NULL, open INTEGER DEFAULT '1' NOT NULL, sales INTEGER DEFAULT '0' NOT NULL,
  turnover INTEGER DEFAULT '0' NOT NULL, cash INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (session_uid)) WITHOUT ROWID;

CREATE TABLE barcode ("key" TEXT NOT NULL, unit_id INTEGER NOT NULL, code TEXT NOT NULL, verdict TEXT DEFAULT 'good' NOT NULL,
  position INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY ("key"),
  FOREIGN KEY(unit_id) REFERENCES product_unit (id) ON DELETE CASCADE) WITHOUT ROWID;

CREATE TABLE price (unit_id INTEGER NOT NULL, kind TEXT NOT NULL, min_quantity INTEGER DEFAULT '1' NOT NULL,
  customer_group TEXT DEFAULT '' NOT NULL, starts_at INTEGER DEFAULT '0' NOT NULL, amount INTEGER NOT NULL CHECK (amount >= 0),
  PRIMARY KEY (unit_id, kind, min_quantity, customer_group, starts_at),
  FOREIGN KEY(unit_id) REFERENCES product_unit (id) ON DELETE CASCADE) WITHOUT ROWID;

CREATE TABLE basket_line (basket_uid TEXT NOT NULL, position INTEGER NOT NULL, uid TEXT NOT NULL, product_uid TEXT NOT NULL,
  unit_uid TEXT NOT NULL, name TEXT NOT NULL, unit_name TEXT NOT NULL, factor INTEGER NOT NULL, quantity INTEGER NOT NULL,
  unit_price INTEGER NOT NULL, discount INTEGER DEFAULT '0' NOT NULL, category TEXT DEFAULT '' NOT NULL,
  drawing TEXT DEFAULT '' NOT NULL, price_kind TEXT DEFAULT 'retail' NOT NULL, price_from INTEGER DEFAULT '1' NOT NULL,
  next_quantity INTEGER, next_amount INTEGER, PRIMARY KEY (basket_uid, position),
  FOREIGN KEY(basket_uid) REFERENCES basket (uid) ON DELETE CASCADE) WITHOUT ROWID;

CREATE TABLE basket_change (basket_uid TEXT NOT NULL, seq INTEGER NOT NULL, "before" TEXT NOT NULL, "after" TEXT NOT NULL,
  PRIMARY KEY (basket_uid, seq), FOREIGN KEY(basket_uid) REFERENCES basket (uid) ON DELETE CASCADE) WITHOUT ROWID;

CREATE TABLE online_order_line (order_uid TEXT NOT NULL, position INTEGER NOT NULL, product_uid TEXT NOT NULL, name TEXT NOT NULL,
  unit_name TEXT NOT NULL, factor INTEGER NOT NULL, quantity INTEGER NOT NULL, unit_price INTEGER NOT NULL, amount INTEGER NOT NULL,
  on_shelf INTEGER DEFAULT '0' NOT NULL, packed INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (order_uid, position),
  FOREIGN KEY(order_uid) REFERENCES online_order (uid) ON DELETE CASCADE) WITHOUT ROWID;

CREATE TABLE sale_line (sale_id INTEGER NOT NULL, position INTEGER NOT NULL, product_uid TEXT NOT NULL, unit_uid TEXT NOT NULL,
  name TEXT NOT NULL, unit_name TEXT NOT NULL, factor INTEGER NOT NULL, quantity INTEGER NOT NULL, unit_price INTEGER NOT NULL,
  discount INTEGER DEFAULT '0' NOT NULL, amount INTEGER NOT NULL, cost INTEGER, PRIMARY KEY (sale_id, position),
  FOREIGN KEY(sale_id) REFERENCES sale (id)) WITHOUT ROWID;

CREATE TABLE payment (sale_id INTEGER NOT NULL, position INTEGER NOT NULL, tender TEXT NOT NULL, amount INTEGER NOT NULL,
  received INTEGER NOT NULL, change INTEGER DEFAULT '0' NOT NULL, state TEXT DEFAULT 'paid' NOT NULL,
  reference TEXT DEFAULT '' NOT NULL, PRIMARY KEY (sale_id, position), FOREIGN KEY(sale_id) REFERENCES sale (id)) WITHOUT ROWID;

CREATE TABLE cash_session_close (session_uid TEXT NOT NULL, at INTEGER NOT NULL, expected INTEGER NOT NULL, counted INTEGER NOT NULL,
  PRIMARY KEY (session_uid), FOREIGN KEY(session_uid) REFERENCES cash_session (uid)) WITHOUT ROWID;

CREATE TABLE cash_movement (uid TEXT NOT NULL, session_uid TEXT NOT NULL, at INTEGER NOT NULL, amount INTEGER NOT NULL,
  reason TEXT NOT NULL, PRIMARY KEY (uid), FOREIGN KEY(session_uid) REFERENCES cash_session (uid)) WITHOUT ROWID;

CREATE VIRTUAL TABLE product_search USING fts5(words, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3');

CREATE VIRTUAL TABLE sale_search USING fts5(
  words, content = '', columnsize = 0, detail = none, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3 4');

CREATE INDEX barcode_unit ON barcode (unit_id);

CREATE UNIQUE INDEX basket_one_open ON basket (state) WHERE state = 'open';

CREATE INDEX cash_movement_session ON cash_movement (session_uid);

CREATE INDEX cash_session_opened ON cash_session (opened_at);

CREATE UNIQUE INDEX drawer_one_open ON drawer (open) WHERE open = 1;

CREATE INDEX online_order_final ON online_order (final, placed_at);

CREATE INDEX online_order_status ON online_order (status);

CREATE INDEX outbox_state ON outbox (state, epoch, seq);

CREATE INDEX print_job_state ON print_job (state, id);

CREATE INDEX product_category ON product (category, rank);

CREATE INDEX product_review ON product (rank) WHERE needs_review = 1;

CREATE INDEX product_sold ON product (sold) WHERE sold > 0;

CREATE INDEX product_uncoded ON product (rank) WHERE coded = 0;

CREATE INDEX product_unlisted ON product (rank) WHERE listed_online = 0;

CREATE INDEX sale_at ON sale (at);

CREATE INDEX sale_session ON sale (session_uid);

CREATE INDEX stock_low ON stock (product_uid) WHERE min_stock > 0 AND on_hand < min_stock;

CREATE INDEX stock_movement_product ON stock_movement (product_uid, at);

CREATE TRIGGER sale_no_update BEFORE UPDATE ON sale
BEGIN SELECT RAISE(ABORT, 'sale is append-only'); END;

CREATE TRIGGER sale_no_delete BEFORE DELETE ON sale
BEGIN SELECT RAISE(ABORT, 'sale is append-only'); END;

CREATE TRIGGER sale_line_no_update BEFORE UPDATE ON sale_line
BEGIN SELECT RAISE(ABORT, 'sale_line is append-only'); END;

CREATE TRIGGER sale_line_no_delete BEFORE DELETE ON sale_line
BEGIN SELECT RAISE(ABORT, 'sale_line is append-only'); END;

CREATE TRIGGER payment_no_update BEFORE UPDATE ON payment
BEGIN SELECT RAISE(ABORT, 'payment is append-only'); END;

CREATE TRIGGER payment_no_delete BEFORE DELETE ON payment
BEGIN SELECT RAISE(ABORT, 'payment is append-only'); END;

CREATE TRIGGER stock_movement_no_update BEFORE UPDATE ON stock_movement
BEGIN SELECT RAISE(ABORT, 'stock_movement is append-only'); END;

CREATE TRIGGER stock_movement_no_delete BEFORE DELETE ON stock_movement
BEGIN SELECT RAISE(ABORT, 'stock_movement is append-only'); END;

CREATE TRIGGER cash_session_no_update BEFORE UPDATE ON cash_session
BEGIN SELECT RAISE(ABORT, 'cash_session is append-only'); END;

CREATE TRIGGER cash_session_no_delete BEFORE DELETE ON cash_session
BEGIN SELECT RAISE(ABORT, 'cash_session is append-only'); END;

CREATE TRIGGER cash_session_close_no_update BEFORE UPDATE ON cash_session_close
BEGIN SELECT RAISE(ABORT, 'cash_session_close is append-only'); END;

CREATE TRIGGER cash_session_close_no_delete BEFORE DELETE ON cash_session_close
BEGIN SELECT RAISE(ABORT, 'cash_session_close is append-only'); END;

CREATE TRIGGER cash_movement_no_update BEFORE UPDATE ON cash_movement
BEGIN SELECT RAISE(ABORT, 'cash_movement is append-only'); END;

CREATE TRIGGER cash_movement_no_delete BEFORE DELETE ON cash_movement
BEGIN SELECT RAISE(ABORT, 'cash_movement is append-only'); END;

CREATE TRIGGER pickup_no_update BEFORE UPDATE ON pickup
BEGIN SELECT RAISE(ABORT, 'pickup is append-only'); END;

CREATE TRIGGER pickup_no_delete BEFORE DELETE ON pickup
BEGIN SELECT RAISE(ABORT, 'pickup is append-only'); END;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

CREATE TRIGGER stock_movement_kept AFTER INSERT ON stock_movement BEGIN
INSERT INTO stock (product_uid, on_hand, movements) VALUES (NEW.product_uid, NEW.quantity, 1)
  ON CONFLICT (product_uid) DO UPDATE SET on_hand = on_hand + excluded.on_hand, movements = movements + 1;
UPDATE total SET movements = movements + 1, on_hand = on_hand + NEW.quantity;
END;

CREATE TRIGGER sale_kept AFTER INSERT ON sale BEGIN
UPDATE total SET sales = sales + 1;
UPDATE drawer SET sales = sales + (NEW.kind = 'sale'), turnover = turnover + NEW.total WHERE session_uid = NEW.session_uid;
END;

CREATE TRIGGER payment_kept AFTER INSERT ON payment WHEN NEW.tender = 'cash' BEGIN
UPDATE drawer SET cash = cash + NEW.amount WHERE session_uid = (SELECT session_uid FROM sale WHERE id = NEW.sale_id);
END;

CREATE TRIGGER outbox_waits AFTER INSERT ON outbox WHEN NEW.state = 'waiting' BEGIN
UPDATE total SET waiting = waiting + 1;
END;

CREATE TRIGGER outbox_waits_again AFTER UPDATE OF state ON outbox WHEN (OLD.state = 'waiting') <> (NEW.state = 'waiting') BEGIN
UPDATE total SET waiting = waiting + (NEW.state = 'waiting') - (OLD.state = 'waiting');
END;

CREATE TRIGGER outbox_waits_no_more AFTER DELETE ON outbox WHEN OLD.state = 'waiting' BEGIN
UPDATE total SET waiting = waiting - 1;
END;

CREATE TRIGGER cash_movement_kept AFTER INSERT ON cash_movement BEGIN
UPDATE drawer SET cash = cash + NEW.amount WHERE session_uid = NEW.session_uid;
END;

CREATE TRIGGER cash_session_kept AFTER INSERT ON cash_session BEGIN
INSERT INTO drawer (session_uid, cash) VALUES (NEW.uid, NEW.float_amount);
END;

CREATE TRIGGER cash_session_close_kept AFTER INSERT ON cash_session_close BEGIN
UPDATE drawer SET open = 0 WHERE session_uid = NEW.session_uid;
END;

INSERT INTO shop (id, prefix, acked_hash) VALUES (1, 'A', '0000000000000000000000000000000000000000000000000000000000000000');

INSERT INTO total (id) VALUES (1);
