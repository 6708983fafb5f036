//! The reviewer at the state: several hundred submissions, one table.
//!
//! files → [`submission`] groups → one [`model::FileReport`] each (from the [`cache`] where nothing changed) →
//! [`judge`] unites them → [`model::BatchReport`] → table, workbook, dashboard and [`letters`].

pub mod cache;
pub mod csv;
pub mod dashboard;
pub mod judge;
pub mod letters;
pub mod model;
pub mod part;
pub mod previous;
pub mod roster;
pub mod submission;
mod table;
#[cfg(test)]
mod tests;
pub mod workbook;
