//! Where phrases matter: one that is looked for only beside others need not be looked for where these cannot stand.

use super::TermId;

/// For every phrase of a matcher where it matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uses {
    /// For every phrase lists of others; anywhere if there is no list.
    beside: Vec<Vec<Vec<TermId>>>,
    /// Whether it is known of a phrase that it matters wherever it stands.
    anywhere: Vec<bool>,
}

impl Uses {
    /// For so many phrases, of which nothing is noted: each matters wherever it stands.
    pub fn new(terms: usize) -> Self {
        Self { beside: vec![Vec::new(); terms], anywhere: vec![false; terms] }
    }

    /// Notes that a phrase matters wherever it stands.
    pub fn anywhere(&mut self, term: TermId) {
        self.anywhere[term as usize] = true;
        self.beside[term as usize].clear();
    }

    /// Notes that a phrase matters in a sequence where all these others may stand.
    pub fn beside(&mut self, term: TermId, others: Vec<TermId>) {
        if others.is_empty() {
            self.anywhere(term);
        } else if !self.anywhere[term as usize] {
            self.beside[term as usize].push(others);
        }
    }

    /// The lists of phrases of one of which all must be there for a phrase to matter; anywhere if there is none.
    pub(super) fn of(&self, term: TermId) -> &[Vec<TermId>] {
        &self.beside[term as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matters_anywhere_matters_beside_nothing_else() {
        let mut uses = Uses::new(2);
        uses.beside(0, vec![1]);
        assert_eq!(uses.of(0), [[1]]);
        uses.anywhere(0);
        uses.beside(0, vec![1]);
        uses.beside(1, vec![]);
        uses.beside(1, vec![0]);
        assert!(uses.of(0).is_empty() && uses.of(1).is_empty());
    }
}
