"""What a product's name tells of it: which drawing shows it, and which rule of law hangs on it. Pure guesses.

Used for goods of a shop's own list, which say neither. A wrong drawing costs nothing. The regulation errs to the careful side:
PP 28/2024 art. 434 keeps tobacco off every online listing, and LPG 3 kg is recorded in Pertamina's own app.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from pos.domain.product import Regulation


def _words(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


_NOT_TOBACCO: Final = _words(
    "sabun|korek|ma?n?cis|pemantik|asbak|permen|es krim|ice cream|kacang|kopi|teh|parfum\\w*|shampoo?|sampoo?|lotion|bedak|anti ?nyamuk"
)
_TOBACCO_CATEGORY: Final = _words("rokok|tembakau|cigar\\w*|kretek|tobacco")
_TOBACCO_NAME: Final = _words(
    "rokok|kretek|tembakau|cerutu|sigaret|cigarettes?"
    "|djarum|gudang garam|dji sam soe|sam ?soe|sampoerna|sampurna|mar?lboro|lucky strike|dunhill|wismilak|bentoel|minak djinggo"
    "|(?:a|u|x|la|class|clas|clasmild|star|neo|win|envio|gg|surya pro|pro) ?mild|la (?:lights?|bold|ice|menthol|purple)"
    "|class ?mild"
    "|(?:gg|g\\.g\\.?) ?(?:surya|filter|inter\\w*|signature|shiver|merah|move)|surya ?(?:12|16|pro\\w*|exclusive|kretek)"
    "|magnum ?(?:filter|mild|blue|hitam|black)|esse (?:pop|change|double|mild|shuffle|honey|juicy|berry|punch|bana)"
    "|camel (?:mild|filter|yellow|option|purple|intense|kretek|connect)|(?:djarum )?76 (?:kretek|filter|apel|mangga|madu|nanas|royal)"
    "|tali jagat|ardath|apache|sukun|diplomat (?:mild|evo|impact|red)|chief (?:filter|kretek)"
)
_GAS: Final = _words("lpg|elpiji|el piji|gas|tabung")
_THREE_KG: Final = _words("3 ?(?:kg|kilo\\w*)|melon")


def guess_regulation(name: str, category: str = "") -> Regulation:
    """The rule that hangs on a product of this name."""
    text = _plain(name)
    if (_is_tobacco_category(category) or _TOBACCO_NAME.search(text)) and _NOT_TOBACCO.search(text) is None:
        return Regulation.TOBACCO
    if _GAS.search(text) and _THREE_KG.search(text):
        return Regulation.LPG_3KG
    return Regulation.NONE


@lru_cache(maxsize=256)
def _is_tobacco_category(category: str) -> bool:
    return _TOBACCO_CATEGORY.search(_plain(category)) is not None


_DRAWINGS: Final[tuple[tuple[str, str], ...]] = (
    # what a name belongs to is settled from the top on: "minyak kayu putih" before "minyak", "kopi susu" before "susu"
    ("pulsa", "pulsa, paket data, kuota, voucher, token, perdana"),
    ("gas", "lpg, elpiji, bright gas, brightgas, gas 3, gas 5, gas 12, gas melon, tabung gas"),
    ("galon", "galon"),
    ("camilan", "kacang telur"),
    ("kopi", "chocolatos drink, drink beng beng"),
    (
        "obat",
        "minyak kayu putih, minyk kayu putih, minyak telon, minyak angin, minyak tawon, minyak urut, balsem, bodrex, "
        "paramex, panadol, paracetamol, komix, promag, antangin, tolak angin, obh, oskadon, koyo, salonpas, freshcare, "
        "betadine, hansaplast, vitamin, obat, jamu, entrostop, neozep, mixagrip, geliga, larutan, herocyn, kiranti",
    ),
    ("popok", "popok, pampers, mamypoko, mamy poko, sweety, merries, pembalut, charm, laurier, softex, kotex, diaper, diapers"),
    ("tisu", "tisu, tissue, tissu, paseo, tessa, jolly"),
    ("lampu", "lampu, bohlam, led, hannochs, philips, baterai, batre, senter"),
    ("rokok", "rokok"),
    (
        "sampo",
        "sampo, shampo, shampoo, sampoo, sunsilk, sunslik, pantene, clear, rejoice, emeron, zinc, tresemme, conditioner, kondisioner",
    ),
    (
        "deterjen",
        "deterjen, detergen, detergent, rinso, daia, so klin, soklin, boom, attack, molto, downy, pewangi, pelembut, "
        "softener, rapika, kispray, sunlight, mama lemon, sabun cuci, sabun colek, ekonomi, pembersih, super pel, "
        "super pell, superpel, superpell, wipol, vixal, karbol, pemutih, bayclin, proclin, wb",
    ),
    (
        "sabun",
        "sabun, rexona, lifebuoy, lux, giv, nuvo, dettol, shinzui, citra, biore, harmony, odol, pasta gigi, pepsodent, "
        "pepsoden, close up, closeup, formula, ciptadent, sikat gigi",
    ),
    (
        "kopi",
        "kopi, coffee, coffe, koffie, kapal api, good day, goodday, torabika, tora bika, tora cafe, tora susu, "
        "tora moka, nescafe, indocafe, luwak, cappuccino, capuccino, cappucino, top white, latte",
    ),
    (
        "mi",
        "mi, mie, indomie, indomi, sarimi, supermi, popmie, intermi, bihun, ramen, spaghetti, noodle, noodles, migelas",
    ),
    ("telur", "telur, telor, endog"),
    ("minyak", "minyak, bimoli, tropical, sania, filma, fortune, minyakita, sunco, migor"),
    ("kecap", "kecap, saus, saos, sambal, sambel, saori, cuka"),
    (
        "bumbu",
        "bumbu, masako, royco, ajinomoto, sasa, racik, garam, merica, lada, ladaku, ketumbar, terasi, trasi, santan, "
        "santen, kunyit, micin, penyedap, kaldu, bawang, cabai, cabe, boncabe, tumbar, asam jawa, vanili, sajiku, "
        "miwon",
    ),
    ("gula", "gula, gulaku"),
    (
        "tepung",
        "tepung, terigu, segitiga biru, tapioka, kanji, maizena, maizenaku, sagu, hunkwe, agar, agar2, nutrijell, fermipan, kobe",
    ),
    ("roti", "roti, bolu, donat, kue, cake, pia"),
    ("es", "es krim, ice cream, es batu, es mambo, es lilin, es kiko, es stick, walls, campina, aice, kiko"),
    (
        "permen",
        "permen, candy, kopiko, mentos, relaxa, mintz, kis, yupi, lolipop, lollipop, alpenliebe, fox, foxs, hexos, blaster, tamarin",
    ),
    (
        "biskuit",
        "biskuit, biscuit, biskuat, roma, malkist, oreo, cracker, crackers, wafer, wafello, nabati, nextar, tango, "
        "marie, regal, khong guan, beng beng, gery, slai, good time, chocolatos, cokolatos, astor, superstar, cookies, "
        "better, choki choki, silverqueen",
    ),
    (
        "camilan",
        "kerupuk, krupuk, keripik, kripik, chitato, lays, chiki, taro, qtela, kacang, pilus, rosta, snack, kuaci, "
        "happytos, happy tos, oishi, cheetos, jetz, sosis, makaroni, camilan, cemilan, rambak",
    ),
    ("teh", "teh, tea, sosro, tehbotol, sariwangi, sari wangi, frestea, fruit tea, poci"),
    (
        "susu",
        "susu, milk, dancow, bendera, frisian, indomilk, ultramilk, ultra mimi, milo, bear brand, sgm, yakult, cimory, "
        "energen, yoghurt, yogurt, zee, milku",
    ),
    ("beras", "beras, ketan, jagung"),
    ("biskuit", "cokelat, coklat"),
    ("air", "air, aqua, le minerale, cleo, vit, mineral, pocari, mizone, isoplus, isotonik"),
)
_WORD: Final = re.compile(r"\w+")
_RANKS: Final = {tuple(word.split()): rank for rank, (_, words) in reversed(tuple(enumerate(_DRAWINGS))) for word in words.split(", ")}
_LONGEST: Final = max(map(len, _RANKS))
_SAYS_NOTHING: Final = frozenset({"makanan", "minuman", "dan", "lain", "rokok"})


def guess_drawing(name: str, category: str = "", regulation: Regulation | None = None) -> str:
    """Name of the bundled drawing that shows this product best; empty for the monogram.

    The name decides; the category only where the name says nothing. `regulation`, if it is known, saves guessing it again.
    """
    if (guess_regulation(name, category) if regulation is None else regulation) is Regulation.TOBACCO:
        return "rokok"
    return _drawing_of(name) or _drawing_of_category(category)


@lru_cache(maxsize=256)
def _drawing_of_category(category: str) -> str:
    words = [word for word in _WORD.findall(category.casefold()) if word not in _SAYS_NOTHING]
    return next((drawing for word in words if (drawing := _drawing_of(word))), "")


def _drawing_of(text: str) -> str:
    words = _WORD.findall(text.casefold())
    found = [
        rank
        for start in range(len(words))
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1)
        if (rank := _RANKS.get(tuple(words[start:end]))) is not None
    ]
    return _DRAWINGS[min(found)][0] if found else ""


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())
