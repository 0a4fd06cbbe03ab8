"""The till's own widgets, painted flat by hand. They know the theme and the words they are given; they own no rule of the shop.

- buttons: ActionButton, StripButton, IconButton, StepButton, CheckRow, paint_key_cap
- pill: Pill, StateBadge, Chip; notice: Notice; choice: ChoiceCard, Segments
- card: Card, CounterBlock, Rule, TornEdge; dialog: Dialog, PageHeader; toast: Toast, ToastStack; empty: EmptyState
- money: MoneyLabel, AmountField; notes: NoteButton, NoteLabel, CoinButton; fields: TextField, SearchField; keypad: Keypad
- text: Text, ElidedText; goods: GoodsPicture, DrawingLabel; ring: Ring; bar: StockBar; paper_view: PaperView
- painting: what they are painted with; scroll: touch_scroll
"""
