"""Build the `texas-accounts` sample: about 3,000 made-up accounts over Texas, with families and dirty rows.

Run `python -m examples.build_samples.accounts` from the top of the repository, after `texas` and `us_zips`. The columns
are those of a CRM export; each kind of dirt is put in on purpose and counted in README.md beside the result.
"""

import string
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

OUT = Path("scenarios/samples/texas-accounts")
COUNTIES = Path("scenarios/samples/texas/counties.geojson")
ZIPS = Path("geodata/bundled/us_zips.parquet")
SEED = 3000
ACCOUNTS = 3000
FAMILIES = 140
FIRST = ["Alamo", "Bluebonnet", "Caprock", "Del Rio", "Encino", "Frontera", "Gulf", "Hill Country", "Lone Star", "Mesa"]
FIRST += ["Nueces", "O'Brien", "Palo Duro", "Rio Grande", "San José", "Trinity", "Uvalde", "Wichita", "Muñoz", "Brazos"]
SECOND = ["Drilling", "Clinics", "Foundry", "Feeds", "Systems", "Supply", "Labs", "Fabrication", "Ranches", "Networks"]
LAST = ["LLC", "Inc.", "& Sons", "Partners", "Group", "Co. <Texas>"]
BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase


def main() -> None:
    """Write accounts.csv; scenario.yaml and README.md beside it are written by hand."""
    rng = np.random.default_rng(SEED)
    accounts = clean_accounts(rng)
    accounts = with_families(accounts, rng)
    accounts = with_dirt(accounts, rng)
    OUT.mkdir(exist_ok=True)
    accounts.to_csv(OUT / "accounts.csv", index=False, lineterminator="\n")


def clean_accounts(rng: np.random.Generator) -> pd.DataFrame:
    """Return accounts where the customers of the Texas sample are, each near the middle of a real ZIP code area."""
    counties = gpd.read_file(COUNTIES)
    zips = gpd.read_parquet(ZIPS).sjoin(counties[["fips", "owner", "industry", "customers", "geometry"]], how="inner")
    weight = zips["customers"] / zips.groupby("fips")["zip"].transform("count")
    drawn = zips.iloc[np.sort(rng.choice(len(zips), ACCOUNTS, p=weight / weight.sum()))].reset_index(drop=True)
    jitter = rng.normal(0, 0.004, (ACCOUNTS, 2))
    names = [
        f"{FIRST[a]} {SECOND[b]} {LAST[c]}"
        for a, b, c in rng.integers(0, [len(FIRST), len(SECOND), len(LAST)], (ACCOUNTS, 3))
    ]
    calls = rng.choice([3, 6, 12, 24], ACCOUNTS, p=[0.35, 0.4, 0.2, 0.05])
    return pd.DataFrame(
        {
            "Id": [salesforce_id("001", number) for number in rng.choice(10**9, ACCOUNTS, replace=False)],
            "Name": names,
            "ParentId": "",
            "OwnerId": drawn["owner"],
            "Industry": drawn["industry"],
            "BillingPostalCode": drawn["zip"],
            "BillingLatitude": (drawn.geometry.y + jitter[:, 1]).round(5).astype(str),
            "BillingLongitude": (drawn.geometry.x + jitter[:, 0]).round(5).astype(str),
            "AnnualRevenue": (np.exp(rng.normal(10.8, 0.9, ACCOUNTS)) / 100).round().astype(int).astype(str) + "00",
            "CallsAYear": calls.astype(str),
            "Strategic": np.where(rng.random(ACCOUNTS) < 0.004, "yes", ""),
        }
    )


def salesforce_id(prefix: str, number: int) -> str:
    """Return a made-up id of 18 characters: 15 that tell case apart and 3 that carry the case."""
    digits = ""
    while len(digits) < 15 - len(prefix):
        number, last = divmod(number, 62)
        digits = BASE62[last] + digits
    body = prefix + digits
    chunks = [body[start : start + 5] for start in (0, 5, 10)]
    codes = [
        sum(1 << place for place, letter in enumerate(chunk) if letter in string.ascii_uppercase) for chunk in chunks
    ]
    return body + "".join((string.ascii_uppercase + "012345")[code] for code in codes)


def with_families(accounts: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Give some accounts a parent among the others: FAMILIES families of two to seven members."""
    order = iter(rng.permutation(len(accounts)))
    parent = accounts["ParentId"].to_numpy(dtype=object).copy()
    for size in rng.integers(1, 7, FAMILIES):
        head = accounts["Id"][next(order)]
        for _ in range(size):
            parent[next(order)] = head
    return accounts.assign(ParentId=parent)


def with_dirt(accounts: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Damage some rows in each of the ways that exports are damaged."""
    dirty = accounts.copy()
    place = ["BillingLatitude", "BillingLongitude"]
    rows = iter(rng.permutation(dirty.index))

    def some(count: int) -> list[int]:
        return sorted(int(next(rows)) for _ in range(count))

    dirty.loc[some(30), place] = ""
    swapped = some(15)
    dirty.loc[swapped, place] = dirty.loc[swapped, place[::-1]].to_numpy()
    # Billed in Massachusetts, where ZIP codes begin with a 0 that a spreadsheet drops.
    dirty.loc[some(12), ["BillingPostalCode", *place]] = ["2139", "42.3647", "-71.1042"]
    dirty.loc[some(8), place] = ["27.5", "-94.2"]
    plus_four = some(60)
    dirty.loc[plus_four, "BillingPostalCode"] += [f"-{four:04d}" for four in rng.integers(1, 9999, 60)]
    dirty.loc[some(15), "OwnerId"] = "R99"
    dirty.loc[some(20), "OwnerId"] = ""
    dollars = some(40)
    dirty.loc[dollars, "AnnualRevenue"] = [f"${int(amount):,}" for amount in dirty.loc[dollars, "AnnualRevenue"]]
    dirty.loc[some(10), "AnnualRevenue"] = ""
    dirty.loc[some(5), "AnnualRevenue"] = "-1200"
    dirty.loc[some(12), "ParentId"] = salesforce_id("001", 10**10)
    spaced = some(25)
    dirty.loc[spaced, "Name"] = "  " + dirty.loc[spaced, "Name"] + " "
    short = dirty.index[dirty["ParentId"] != ""][:20]
    dirty.loc[short, "ParentId"] = dirty.loc[short, "ParentId"].str[:15]
    return pd.concat([dirty, dirty.loc[some(25)]], ignore_index=True)


if __name__ == "__main__":
    main()
