from django.test import Client


def test_api_is_closed_to_strangers(db, client: Client) -> None:
    assert client.get("/api/v1/jurisdictions/").status_code in {401, 403}


def test_api_lists_filters_and_shows_units(delta: None, reader: Client) -> None:
    answer = reader.get("/api/v1/jurisdictions/?level=county&parent=310000").json()
    assert (answer["count"], answer["results"][0]["code"]) == (16, "310101")
    assert "boundary" not in answer["results"][0]
    unit = reader.get("/api/v1/jurisdictions/310118/").json()
    assert [one["code"] for one in unit["neighbours"]] == [
        "310112",
        "310114",
        "310116",
        "310117",
        "320509",
        "320583",
        "330421",
    ]
    assert unit["boundary"]["type"] == "Polygon"
    assert unit["regions"][0].keys() >= {"region", "role"}


def test_api_shows_a_region_with_its_members(delta: None, reader: Client) -> None:
    assert reader.get("/api/v1/regions/").json()["count"] == 38
    zone = reader.get("/api/v1/regions/DZ2019/").json()
    assert [one["code"] for one in zone["members"]] == ["310118", "320509", "330421"]


def test_api_takes_no_writes(delta: None, reader: Client) -> None:
    assert reader.post("/api/v1/regions/", {}, content_type="application/json").status_code == 405
    assert reader.delete("/api/v1/jurisdictions/310118/").status_code == 405
