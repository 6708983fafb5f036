//! The net as it lies in the program: a vector for every known word, windows over the words of a statement, and what
//! these say of every column.
//!
//! The table knows only words that labelled clauses hold; the vectors, taken from a language model (see
//! `docs/likeness.md`), know that "summons" is near "citation". A window looks at one, three or five words together, so
//! that it can tell "need not attend" from "attend"; of every window what it saw most clearly in the statement counts,
//! and how much it saw in all. The same in `scripts/train-net.py`.

use super::table;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

/// How many words the windows of each group look at, and how many windows there are of each.
const GROUPS: [(usize, usize); 3] = [(1, 64), (3, 128), (5, 64)];
/// Windows of all groups.
const WINDOWS: usize = 256;
/// Numbers that a word adds to the windows that it stands in: one for every place in every window.
const SHARES: usize = 64 + 3 * 128 + 5 * 64;
/// Numbers of a word's vector.
const LENGTH: usize = 64;
/// What a statement is summed up in, besides the vector of its heading.
const SEEN: usize = 2 * WINDOWS;
/// Size of the layer between what was seen and the columns.
const HIDDEN: usize = 256;
/// Endings without which a word may be known, and the fewest letters that must remain.
const ENDINGS: [&str; 8] = ["s", "es", "ed", "d", "ing", "ly", "er", "ers"];
const STEM: usize = 3;

static SHIPPED: LazyLock<Option<Net>> =
    LazyLock::new(|| Net::parse(include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/likeness-net.bin"))));

/// Words whose shares are kept from one document to the next, the first that come: 3 KB each.
const KEPT: usize = 4000;

static SHARES_KEPT: LazyLock<RwLock<HashMap<Known, Arc<[f32]>>>> = LazyLock::new(RwLock::default);

/// A known word, as its place in the list.
pub(super) type Known = u32;

/// The numbers of the net.
pub(super) struct Net {
    /// The known words by their hash, ascending.
    words: Vec<u32>,
    /// For each the numbers of its vector, to be multiplied by the scale of their column.
    vectors: &'static [[u8; LENGTH]],
    scales: Vec<f32>,
    /// For every number of a vector what it adds to every place of the windows.
    shares: Vec<f32>,
    windows: Vec<f32>,
    /// For everything seen, and every number of the heading's vector, what it adds to the hidden layer.
    hidden: Vec<f32>,
    hidden_bias: Vec<f32>,
    /// For everything hidden what it adds to the columns.
    columns: Vec<f32>,
    biases: Vec<f32>,
}

impl Net {
    /// The net in the program; nothing only if it is broken, which a test rules out.
    pub fn shipped() -> Option<&'static Self> {
        SHIPPED.as_ref()
    }

    fn parse(bytes: &'static [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(b"SLN1")?;
        let (count, columns) = (table::number(&mut rest)? as usize, table::number(&mut rest)? as usize);
        let words = table::numbers(&mut rest, count)?;
        let mut floats = |count: usize| {
            Some(table::numbers(&mut rest, count)?.into_iter().map(f32::from_bits).collect::<Vec<f32>>())
        };
        let net = Self {
            words,
            vectors: &[],
            scales: floats(LENGTH)?,
            shares: floats(LENGTH * SHARES)?,
            windows: floats(WINDOWS)?,
            hidden: floats((SEEN + LENGTH) * HIDDEN)?,
            hidden_bias: floats(HIDDEN)?,
            columns: floats(HIDDEN * columns)?,
            biases: floats(columns)?,
        };
        let (vectors, left) = rest.as_chunks::<LENGTH>();
        (left.is_empty() && vectors.len() == count && net.words.is_sorted()).then_some(Self { vectors, ..net })
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.biases.len()
    }

    /// A word, or what it is without an ending.
    pub fn word(&self, word: &str) -> Option<Known> {
        let find = |word: &str| {
            let at = self.words.binary_search(&table::word(table::hash(word))).ok()?;
            Known::try_from(at).ok()
        };
        let stems = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending));
        find(word).or_else(|| stems.filter(|stem| stem.chars().count() >= STEM).find_map(find))
    }

    fn vector(&self, word: Known) -> impl Iterator<Item = f32> {
        let bytes = &self.vectors[word as usize];
        bytes.iter().zip(&self.scales).map(|(byte, scale)| f32::from(i8::from_le_bytes([*byte])) * scale)
    }

    /// What a word adds to every place of every window.
    pub fn shares(&self, word: Known) -> Arc<[f32]> {
        if let Some(kept) = SHARES_KEPT.read().unwrap_or_else(PoisonError::into_inner).get(&word) {
            return Arc::clone(kept);
        }
        let mut shares = vec![0.0; SHARES];
        add_all(&mut shares, self.vector(word).zip(self.shares.chunks_exact(SHARES)));
        let shares: Arc<[f32]> = shares.into();
        let mut kept = SHARES_KEPT.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT {
            kept.insert(word, Arc::clone(&shares));
        }
        shares
    }

    /// The score of every column for a statement: of every word its shares, nothing for an unknown one, and the words of
    /// the heading.
    pub fn scores(&self, words: &[Option<&[f32]>], heading: &[Known]) -> Vec<f32> {
        let mut hidden = self.hidden_bias.clone();
        let (seen_rows, heading_rows) = self.hidden.split_at(SEEN * HIDDEN);
        let seen = self.seen(words).into_iter().zip(seen_rows.chunks_exact(HIDDEN));
        add_all(&mut hidden, seen.filter(|(seen, _)| *seen != 0.0));
        let share = 1.0 / heading.len().max(1) as f32;
        for word in heading {
            let vector = self.vector(*word).map(|number| number * share);
            add_all(&mut hidden, vector.zip(heading_rows.chunks_exact(HIDDEN)));
        }
        let mut scores = self.biases.clone();
        let rows = hidden.into_iter().zip(self.columns.chunks_exact(self.columns()));
        add_all(&mut scores, rows.filter(|(hidden, _)| *hidden > 0.0));
        scores
    }

    /// Group by group: for every window the most that it saw at any word, then for each how much it saw in all.
    fn seen(&self, words: &[Option<&[f32]>]) -> Vec<f32> {
        let (mut most, mut all) = ([0.0_f32; WINDOWS], [0.0_f32; WINDOWS]);
        for (at, _) in words.iter().enumerate().filter(|(_, word)| word.is_some()) {
            let seen = self.seen_at(words, at);
            // One index into arrays of one length: the compiler takes several windows at once.
            for window in 0..WINDOWS {
                let now = if seen[window] > 0.0 { seen[window] } else { 0.0 };
                most[window] = if now > most[window] { now } else { most[window] };
                all[window] += now;
            }
        }
        let length = (words.iter().flatten().count().max(1) as f32).sqrt();
        let mut seen = Vec::with_capacity(SEEN);
        let mut window = 0;
        for (_, count) in GROUPS {
            let group = window..window + count;
            seen.extend(&most[group.clone()]);
            seen.extend(all[group].iter().map(|all| all / length));
            window += count;
        }
        seen
    }

    /// What every window sees around a word.
    fn seen_at(&self, words: &[Option<&[f32]>], at: usize) -> [f32; WINDOWS] {
        let mut seen = [0.0; WINDOWS];
        seen.copy_from_slice(&self.windows);
        let (mut window, mut share) = (0, 0);
        for (width, count) in GROUPS {
            for place in 0..width {
                let word = (at + place).checked_sub(width / 2).and_then(|at| *words.get(at)?);
                if let Some(word) = word {
                    let adds = &word[share..share + count];
                    seen[window..window + count].iter_mut().zip(adds).for_each(|(to, adds)| *to += adds);
                }
                share += count;
            }
            window += count;
        }
        seen
    }
}

/// Adds rows, each so many times. Four at once: what is added to is read and written a quarter as often.
fn add_all<'r>(to: &mut [f32], rows: impl Iterator<Item = (f32, &'r [f32])>) {
    let mut rows = rows.fuse();
    while let Some((a, row_a)) = rows.next() {
        let mut next = || rows.next().unwrap_or((0.0, row_a));
        let ((b, row_b), (c, row_c), (d, row_d)) = (next(), next(), next());
        for ((((to, in_a), in_b), in_c), in_d) in to.iter_mut().zip(row_a).zip(row_b).zip(row_c).zip(row_d) {
            *to += (a * in_a + b * in_b) + (c * in_c + d * in_d);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_net_is_whole_and_a_cut_one_is_refused() {
        let net = Net::shipped().expect("rules/likeness-net.bin");
        assert_eq!(net.columns(), table::Table::shipped().expect("rules/likeness.bin").labels.len());
        let bytes: &'static [u8] = include_bytes!("../../rules/likeness-net.bin");
        assert!(Net::parse(&bytes[..bytes.len() - 1]).is_none() && Net::parse(b"SLN1").is_none());
    }

    #[test]
    fn a_word_is_known_without_its_ending() {
        let net = Net::shipped().expect("rules/likeness-net.bin");
        assert!(net.word("uniform").is_some() && net.word("qqqxyz").is_none());
        assert_eq!(net.word("uniformers"), net.word("uniform"));
    }
}
