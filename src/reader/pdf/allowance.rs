//! What drawing the pages of a file may still cost: bytes of content, and time.

use super::super::ReadError;
use std::time::{Duration, Instant};

/// How many operators are drawn between two looks at the clock.
const LOOK: u32 = 256;

/// A file shows more than a file can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overfull {
    /// Too many characters, or too much content.
    Drawn,
    /// The time is over.
    Late {
        /// How long it was.
        allowed: Duration,
    },
}

impl From<Overfull> for ReadError {
    fn from(overfull: Overfull) -> Self {
        let (what, limit) = match overfull {
            Overfull::Drawn => ("what its pages draw", "200,000 characters a page".to_owned()),
            Overfull::Late { allowed } => ("the time it takes to read", format!("{} seconds", allowed.as_secs())),
        };
        Self::TooLarge { what, limit }
    }
}

/// What is left.
#[derive(Debug)]
pub(super) struct Allowance {
    bytes: u64,
    begun: Instant,
    time: Duration,
    operators: u32,
}

impl Allowance {
    /// From now on.
    pub fn new(bytes: u64, time: Duration) -> Self {
        Self { bytes, begun: Instant::now(), time, operators: 0 }
    }

    /// Pays for content.
    pub fn pay(&mut self, bytes: u64) -> Result<(), Overfull> {
        self.bytes = self.bytes.checked_sub(bytes).ok_or(Overfull::Drawn)?;
        Ok(())
    }

    /// Pays for one operator: one page may hold millions.
    pub fn operator(&mut self) -> Result<(), Overfull> {
        self.operators = (self.operators + 1) % LOOK;
        if self.operators == 0 { self.look() } else { Ok(()) }
    }

    /// Whether there is still time.
    pub fn look(&self) -> Result<(), Overfull> {
        if self.begun.elapsed() > self.time { Err(Overfull::Late { allowed: self.time }) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_over_within_a_page_too() {
        let mut allowance = Allowance::new(100, Duration::ZERO);
        std::thread::sleep(Duration::from_millis(1));
        let first = (0..=LOOK).find_map(|_| allowance.operator().err());
        assert_eq!(first, Some(Overfull::Late { allowed: Duration::ZERO }));
        assert_eq!(allowance.pay(60), Ok(()));
        assert_eq!(allowance.pay(60), Err(Overfull::Drawn));
    }
}
