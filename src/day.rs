//! Days, and stretches of days, as configurations and packs write them.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize};

/// A day, `2027-06-30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(transparent)]
pub struct Day(#[schemars(with = "String", extend("format" = "date"))] pub Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let day = String::deserialize(deserializer)?;
        day.parse().map(Self).map_err(|_| de::Error::custom(format!("`{day}` is no day: write it as 2027-06-30")))
    }
}

/// From one day to another: `{ start: 2026-10-01, end: 2029-09-30 }`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Term {
    /// The first day.
    pub start: Day,
    /// The last day.
    pub end: Day,
}

impl Term {
    /// The term between two days.
    ///
    /// # Errors
    /// It ends before it begins.
    pub fn new(start: Date, end: Date) -> Result<Self, String> {
        if end < start {
            return Err(format!("it begins on {start} and ends on {end}, which is earlier"));
        }
        Ok(Self { start: Day(start), end: Day(end) })
    }
}

impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Fields {
            start: Day,
            end: Day,
        }
        let Fields { start, end } = Fields::deserialize(deserializer)?;
        Self::new(start.0, end.0).map_err(|why| de::Error::custom(format!("the term is wrong: {why}")))
    }
}
