"""The published tables: the columns of the contract, offsets that hold, files that are written whole."""

import re

import pandas as pd
import pytest

from analysis.display.contract import PUBLISHED_TABLES
from analysis.display.published_tables import MAKERS, make_table, write_tables

# The contract, written out here a second time on purpose: other people's scripts read these columns.
CONTRACT = {
    "sources": "source_id title author outlet date date_basis genre url file sha256 raw_words body_words lag_days cluster",
    "zones": "source_id start end zone note",
    "passages": "source_id passage_id start end n_words n_sentences",
    "provisions": "source_id passage_id dimension document holder level position quote start end",
    "guarantors": "source_id passage_id guarantor document quote start end",
    "quotations": "source_id passage_id speaker kind via quote start end",
    "responsibility": "source_id passage_id actor valence matter voice quote start end",
    "frames": "source_id passage_id function summary voice quote start end",
    "events": "source_id passage_id event_id date date_basis description quote start end",
    "claims": "source_id passage_id claim_id claim attributed_to quote start end",
    "comparisons": "topic relation source_id claim_or_provision note quote start end",
    "source_checks": "source_id passage_id statement record verdict grade reference quote start end",
    "instruments": "instrument dimension side position strength point seen grade reference",
    "explanations": "explanation advanced_by date reference grade source_id passage_id quote start end",
    "multiverse": "finding left_out merged coding voice passages per holds",
    "reliability": "table variable n agreement alpha kind",
    "names": "source_id concept form n per_1000",
    "measures": "source_id measure scope value low high n minimum status",
    "keyness": "source_id word n n_rest log_odds z low high prior",
}


@pytest.mark.parametrize("name", CONTRACT)
def test_tables_have_the_columns_of_the_contract(study, name):
    columns = CONTRACT[name].split()
    assert list(make_table(name, study).columns[: len(columns)]) == columns


def test_every_column_of_every_published_table_is_declared(study):
    assert set(MAKERS) == set(PUBLISHED_TABLES) == set(CONTRACT)
    for name, table in PUBLISHED_TABLES.items():
        assert set(MAKERS[name](study).columns) == set(table.names)


def test_the_data_package_is_valid_and_the_tables_are_as_it_says(study, tmp_path):
    """Types, required columns, ids that are unique and ids that another table must hold: as frictionless reads them."""
    import frictionless  # it takes seconds, and no other test needs it

    write_tables(study, tmp_path)
    report = frictionless.Package(tmp_path / "datapackage.json").validate()
    assert report.valid, report.flatten(["type", "message"])[:5]
    assert len(report.tasks) == len(CONTRACT)
    (tmp_path / "claims.csv").write_text(
        (tmp_path / "claims.csv").read_text().replace("brill1987,brill1987-p01", "brill1986,brill1987-p01", 1)
    )
    (tmp_path / "names.csv").write_text((tmp_path / "names.csv").read_text().replace(",2,", ",two,", 1))
    spoiled = frictionless.Package(tmp_path / "datapackage.json").validate()
    assert {(task.name, error.type) for task in spoiled.tasks for error in task.errors} == {
        ("claims", "foreign-key"),
        ("names", "type-error"),
    }


def test_tables_are_written_as_csv_whose_offsets_hold(study, tmp_path):
    paths = write_tables(study, tmp_path / "new/folder")
    assert sorted(path.name for path in paths) == sorted(f"{name}.csv" for name in CONTRACT)
    zones, passages = (pd.read_csv(tmp_path / "new/folder" / f"{name}.csv") for name in ("zones", "passages"))
    for source_id, raw in study.raw.items():
        own = zones[zones.source_id == source_id]
        assert "".join(raw[zone.start : zone.end] for zone in own.itertuples()) == raw
    for passage in passages.itertuples():
        stretch = study.raw[passage.source_id][passage.start : passage.end]
        assert stretch == stretch.strip()
        assert "\n" not in stretch
        assert re.fullmatch(rf"{passage.source_id}-p\d\d", passage.passage_id)


def test_written_files_hold_the_same_as_the_tables(study, tmp_path):
    write_tables(study, tmp_path)
    for name in MAKERS:
        written = pd.read_csv(tmp_path / f"{name}.csv", dtype=str, keep_default_na=False)
        assert written.equals(make_table(name, study).astype(str).fillna(""))


def test_nothing_is_written_where_one_table_cannot_be_made_or_placed(study, tmp_path, monkeypatch):
    (tmp_path / "taken/zones.csv").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        write_tables(study, tmp_path / "taken")
    assert [path.name for path in (tmp_path / "taken").iterdir()] == ["zones.csv"]
    monkeypatch.setitem(MAKERS, "zones", lambda _texts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_tables(study, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_written_tables_can_be_read_by_everybody(study, tmp_path):
    assert {path.stat().st_mode & 0o777 for path in write_tables(study, tmp_path)} == {0o644}


def test_a_table_that_fails_to_be_written_leaves_the_old_one(study, tmp_path, monkeypatch):
    write_tables(study, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def fail(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_csv", fail)
    with pytest.raises(OSError, match="No space left"):
        write_tables(study, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
