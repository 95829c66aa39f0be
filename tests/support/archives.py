"""Files of documents and of measures, in the three formats."""

import csv
import json

import duckdb
import pandas as pd

TEXTS = ["The war began. It did not end.", "Peace, in Kyiv.\n“No,” he said. Dr. Smith agreed.", "", "Ends here… or not."]


def many(n):
    return [f"Document {number} speaks. " + TEXTS[number % 4] * (number % 5) for number in range(n)]


def write_documents(path, ids, texts):
    """Write a file of documents, in the format that its name says; returns its path."""
    if path.suffix == ".csv":
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("text", "more", "id"), *((text, "-", one) for one, text in zip(ids, texts, strict=True))])
    elif path.suffix == ".jsonl":
        lines = (json.dumps({"id": one, "text": text}) + "\n" for one, text in zip(ids, texts, strict=True))
        path.write_text("".join(lines), encoding="utf-8")
    else:
        documents = pd.DataFrame({"id": pd.Series(ids), "text": pd.Series(texts, dtype=object), "more": 0})
        duckdb.sql(f"COPY documents TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)")
        assert len(documents) == len(texts)
    return path


def read_rows(path):
    """The rows of a file of measures."""
    return duckdb.sql(f"SELECT * FROM '{path}'").df()
