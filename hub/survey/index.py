"""The figures of the survey, exactly: the index of public satisfaction, its grade, and how many answers it needs.

PermenPANRB 14/2017: the mean of each element (NRR) times its weight, added up, is the SKM (1 to 4); times 25 it is the
IKM. The regulation prints the weight of one of nine elements as 0.11, which is 1/9 cut off: with it a perfect score
is 99.00. So 1/9 counts here, and 0.11 reproduces a spreadsheet that uses it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hub.survey.elements import ELEMENTS

WEIGHTS = {"1/9": Fraction(1, 9), "0.11": Fraction(11, 100)}
EXACT = "1/9"
SCALE = 25
GRADES = ((Decimal("88.31"), "A"), (Decimal("76.61"), "B"), (Decimal("65.00"), "C"))
"""The least IKM of each grade; below them all it is D. The printed bands have gaps, so IKM is rounded first."""
CHI_SQUARE = Fraction(3841, 1000)
"""Of one degree of freedom at 95 %, as Krejcie and Morgan (1970) use it."""
SHARE, MARGIN = Fraction(1, 2), Fraction(1, 20)


@dataclass(frozen=True, slots=True)
class Index:
    """What answers come to: how many they are, the mean of each element, SKM and IKM, and the grade."""

    n: int
    means: Mapping[str, Fraction]
    skm: Fraction
    ikm: Decimal
    grade: str
    weight: str


def index_of(n: int, sums: Mapping[str, int], weight: str = EXACT) -> Index | None:
    """Return the index of n answers whose scores add up to these sums by element; None where there are none."""
    if n == 0:
        return None
    means = {element: Fraction(sums[element], n) for element in ELEMENTS}
    skm = sum((mean * WEIGHTS[weight] for mean in means.values()), Fraction(0))
    ikm = half_up(skm * SCALE)
    return Index(n, means, skm, ikm, grade_of(ikm), weight)


def grade_of(ikm: Decimal) -> str:
    """Return the grade of an IKM that has been rounded to two decimals."""
    return next((grade for least, grade in GRADES if ikm >= least), "D")


def half_up(value: Fraction, places: int = 2) -> Decimal:
    """Return a number that is not negative, rounded half up."""
    scale = 10**places
    return Decimal(whole_half_up(value * scale)).scaleb(-places)


def whole_half_up(value: Fraction) -> int:
    """Return the nearest whole number, the larger one where two are as near."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def needed(population: int) -> int:
    """Return how many of so many visitors must answer by the formula of Krejcie and Morgan; 0 where nobody came."""
    if population == 0:
        return 0
    spread = CHI_SQUARE * SHARE * (1 - SHARE)
    return whole_half_up(spread * population / (MARGIN**2 * (population - 1) + spread))
