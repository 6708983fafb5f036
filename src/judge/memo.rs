//! Sentences seen before: submissions are copies and variations of the state's model, so most of their sentences
//! recur, and so do the phrases in them.

use crate::phrase::Hit;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// A sentence's words with what was looked for in it, as a hash that nobody can forge a second text for.
pub(super) type Key = [u8; 32];

/// What all checks of this run have found so far.
static MEMO: LazyLock<Memo> = LazyLock::new(Memo::default);

/// Parts that are locked apart.
const SHARDS: usize = 16;
/// Bytes of the newer half of a part: the memo takes at most twice this for each of its parts, 32 MB in all.
const HALF_BYTES: usize = 1 << 20;
/// Bytes of an entry besides its hits, roughly.
const ENTRY_BYTES: usize = 96;

#[derive(Default)]
struct Memo([Mutex<Shard>; SHARDS]);

/// Entries in two halves: when the newer is full the older is forgotten.
#[derive(Default)]
struct Shard {
    newer: HashMap<Key, Arc<[Hit]>>,
    older: HashMap<Key, Arc<[Hit]>>,
    bytes: usize,
}

impl Shard {
    fn get(&mut self, key: &Key) -> Option<Arc<[Hit]>> {
        if let Some(hits) = self.newer.get(key) {
            return Some(Arc::clone(hits));
        }
        // What is asked for again stays.
        let hits = self.older.remove(key)?;
        self.put(*key, Arc::clone(&hits));
        Some(hits)
    }

    fn put(&mut self, key: Key, hits: Arc<[Hit]>) {
        self.bytes += size_of_val(&*hits) + ENTRY_BYTES;
        self.newer.insert(key, hits);
        if self.bytes > HALF_BYTES {
            self.older = std::mem::take(&mut self.newer);
            self.bytes = 0;
        }
    }
}

/// The hits in a sentence: those found before, or found now and kept.
pub(super) fn recall(key: Key, find: impl FnOnce() -> Vec<Hit>) -> Arc<[Hit]> {
    let shard = &MEMO.0[usize::from(key[0]) % SHARDS];
    let known = shard.lock().unwrap_or_else(PoisonError::into_inner).get(&key);
    known.unwrap_or_else(|| {
        let hits: Arc<[Hit]> = find().into();
        shard.lock().unwrap_or_else(PoisonError::into_inner).put(key, Arc::clone(&hits));
        hits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_full_forgets_the_older_half_and_keeps_what_is_asked_for() {
        let mut shard = Shard::default();
        let hits: Arc<[Hit]> = vec![Hit { term: 1, start: 2, end: 3 }; 1000].into();
        let key = |n: u32| *blake3::hash(&n.to_le_bytes()).as_bytes();
        let many = u32::try_from(3 * HALF_BYTES / size_of_val(&*hits)).expect("a small number");
        for n in 0..many {
            shard.put(key(n), Arc::clone(&hits));
            assert!(shard.get(&key(0)).is_some(), "asked for again and again: {n}");
        }
        let kept = (1..many).filter(|n| shard.get(&key(*n)).is_some()).count();
        assert!(kept * size_of_val(&*hits) <= 2 * HALF_BYTES && kept > 50, "{kept}");
    }
}
