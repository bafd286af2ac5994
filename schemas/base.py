"""What every published table has in common: strict columns, a key, references, dates with their bounds."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import pandas as pd
import pandera.pandas as pa
import pyarrow as arrow
from pandera.typing.pandas import Series

from schemas import edtf

Text = Series[str]
Integer = Series[pd.Int64Dtype]
Number = Series[pd.Float64Dtype]
Flag = Series[pd.BooleanDtype]
Day = Series[pd.ArrowDtype]

STATED, REFERENCE, DERIVED = "stated", "reference", "derived"


def column(
    description: str,
    origin: str,
    *,
    codes: dict[str, str] | None = None,
    pattern: str | None = None,
    **options: Any,
) -> Any:
    """A column: what it holds, where its values come from, its vocabulary or pattern, and pandera's own options."""
    metadata = {"origin": origin, "codes": codes or {}, **options.pop("metadata", {})}
    return pa.Field(
        description=description,
        metadata=metadata,
        isin=list(codes) if codes else None,
        str_matches=pattern,
        **options,
    )


def identifier(prefix: str, description: str, origin: str = DERIVED, **options: Any) -> Any:
    """A column of identifiers `<prefix>:<slug>`; `prefix` may be alternatives joined by `|`."""
    return column(description, origin, pattern=rf"^(?:{prefix}):\S+$", **options)


def dated(description: str, origin: str = STATED) -> Any:
    """A nullable date as precise as its source; its two bounds follow it in the table."""
    return column(f"{description} (EDTF)", origin, pattern=edtf.PATTERN, nullable=True, metadata={"dated": True})


def bound(of: str, which: str) -> Any:
    """First (`earliest`) or last (`latest`) day that the dated column `of` can mean; null where the year is unknown."""
    word = {"earliest": "First", "latest": "Last"}[which]
    return column(
        f"{word} day that `{of}` can mean, null where its year is unknown",
        DERIVED,
        nullable=True,
        dtype_kwargs={"pyarrow_dtype": arrow.date32()},
        metadata={"bound": (of, which)},
    )


class Table(pa.DataFrameModel):
    """A published table.

    Class arguments: `key` (columns that identify a row and sort the table), `references` (column -> table whose single
    key it holds), `evidenced` (whether each row must rest on a quote).
    """

    _key: ClassVar[tuple[str, ...]] = ()
    _references: ClassVar[dict[str, str]] = {}
    _evidenced: ClassVar[bool] = False

    class Config:
        strict = True
        ordered = True
        coerce = True

    def __init_subclass__(
        cls,
        key: tuple[str, ...] = (),
        references: dict[str, str] | None = None,
        evidenced: bool = False,
        **options: Any,
    ) -> None:
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        cls.Config = type("Config", (cls.Config,), {"name": name, "unique": list(key)})  # type: ignore[assignment, misc]
        cls._key, cls._references, cls._evidenced = key, references or {}, evidenced
        super().__init_subclass__(**options)  # type: ignore[no-untyped-call]

    @classmethod
    def table(cls) -> str:
        """The name it is published under."""
        return str(cls.Config.name)  # type: ignore[attr-defined]

    @classmethod
    def key(cls) -> tuple[str, ...]:
        """Columns that identify a row."""
        return cls._key

    @classmethod
    def references(cls) -> dict[str, str]:
        """Column -> table whose key it holds."""
        return cls._references

    @classmethod
    def evidenced(cls) -> bool:
        """Whether each row must rest on at least one quote."""
        return cls._evidenced

    @classmethod
    def metadata(cls, name: str) -> dict[str, Any]:
        """What is declared of one column beside its type: `origin`, `codes`, perhaps `dated` or `bound`."""
        return dict(cls.to_schema().columns[name].metadata or {})

    @classmethod
    def dates(cls) -> list[str]:
        """Its columns that hold an EDTF date."""
        return [name for name in cls.to_schema().columns if cls.metadata(name).get("dated")]

    @pa.dataframe_check(description="Bounds are those of the date, and the date exists.")
    @classmethod
    def bounds_follow_dates(cls, frame: pd.DataFrame) -> Any:
        """Row by row, whether every date's bounds are the ones its EDTF value means."""
        good = pd.Series(True, index=frame.index)
        for name in cls.dates():
            columns = [name, f"{name}_earliest", f"{name}_latest"]
            if set(columns) <= set(frame.columns):
                agree = [_bounds_agree(*row) for row in frame[columns].itertuples(index=False)]
                good &= pd.Series(agree, index=frame.index, dtype=bool)
        return good


def _bounds_agree(value: Any, first: Any, last: Any) -> bool:
    try:
        expected = edtf.bounds(None if pd.isna(value) else value)
    except ValueError:
        return False
    return expected == tuple(None if pd.isna(day) else day for day in (first, last))
