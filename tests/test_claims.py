"""Claims, comparisons and checks against the record: counts by hand; corroboration by cluster; what each rests on."""

from analysis import claims
from analysis.vocabulary import FINDINGS


def test_claims_are_counted_by_topic_and_voice(texts):
    rows, topics, voices = claims.claims(texts), claims.by_topic(texts), claims.attribution(texts).set_index("source_id")
    assert topics.drop(columns="topic").to_numpy().sum() == len(rows)
    assert (voices.author + voices.others).sum() == len(rows)
    assert voices.others["charap2022"] == 0
    assert "Gerhard Schroeder" in voices.names["petrosnider2024"]
    assert rows.claim_id.is_unique


def test_corroboration_counts_clusters_and_not_texts(texts):
    table = claims.corroboration(texts).set_index(["topic", "position"])
    belarus = table.loc["talks in Belarus", "talks took place"]
    assert (belarus.n_texts, belarus.n_clusters) == (3, 2)  # two are tied to one author
    nato = table.loc["staying out of NATO"].iloc[0]
    assert (nato.n_texts, nato.n_clusters) == (5, 4)
    apart = claims.corroboration(texts, merge=False).set_index(["topic", "position"])
    assert apart.loc["talks in Belarus", "talks took place"].n_clusters == 3
    less = claims.corroboration(texts, leave_out=["observer2023"])
    assert not less.texts.str.contains("Observer").any()


def test_shares_and_positions_are_those_of_the_rows(texts):
    voices = claims.attribution(texts)
    assert (voices.share_others == 100 * voices.others / (voices.author + voices.others)).all()
    table = texts.tables["codings/comparisons.csv"]
    twice = type(texts)(texts.path, texts.tables | {"codings/comparisons.csv": table.iloc[[0, *range(len(table))]]}, texts.raw)
    assert claims.corroboration(twice).equals(claims.corroboration(texts))
    assert list(dict.fromkeys(claims.corroboration(texts).topic)) == list(dict.fromkeys(table.topic))
    snider = table[table.source_id.isin(["observer2023", "petrosnider2024"]) | (table.topic != "talks in Belarus")]
    alone = type(texts)(texts.path, texts.tables | {"codings/comparisons.csv": snider}, texts.raw)
    before, after = (claims.corroboration(corpus) for corpus in (texts, alone))
    assert (after.n_clusters > 1).sum() == (before.n_clusters > 1).sum() - 1
    assert ((after.n_texts > 1) & (after.n_clusters == 1)).sum() == 1


def test_topics_stand_in_two_texts_and_have_one_relation(texts):
    for _, own in claims.comparisons(texts).groupby("topic"):
        assert own.source_id.nunique() > 1
        assert own.relation.nunique() == 1
        assert (own.relation.iloc[0] == "agree") == (own.position.nunique() == 1)


def test_compared_spans_overlap_the_claims_that_they_name(texts):
    stated = claims.claims(texts).set_index("claim_id")
    for row in claims.comparisons(texts).itertuples():
        claim = stated.loc[row.claim_or_provision]
        assert claim.passage_id == row.passage_id, row
        assert claim.start < row.end, row
        assert row.start < claim.end, row


def test_every_text_is_checked_and_every_reference_resolves(texts):
    found = claims.findings_by_text(texts).set_index("source_id")
    assert list(found.index) == ["decamp2022", "usip2022", "charap2022", "observer2023", "petrosnider2024"]
    assert (found.checked >= 4).all()
    assert (found.fits > 0).all()
    assert (found[FINDINGS].sum(axis="columns") == found.checked).all()
    for row in claims.source_checks(texts).itertuples():
        assert (claims.works(texts, row.reference) == "general knowledge") == (row.grade == "common")


def test_a_record_of_two_works_names_both(texts):
    assert claims.works(texts, "babel2022draft;nyt2024treaty").count(";") == 1
