//! Sentences seen before: submissions are copies and variations of the state's model, so most of their sentences
//! recur, and so does what was found in them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A sentence's words with what was looked for in it, as a hash that nobody can forge a second text for.
pub(crate) type Key = [u8; 32];

/// Parts that are locked apart.
const SHARDS: usize = 16;
/// Bytes of an entry besides what was found, roughly.
const ENTRY_BYTES: usize = 96;

/// What all checks of this run have found so far.
pub(crate) struct Memo<T> {
    shards: [Mutex<Shard<T>>; SHARDS],
    /// Bytes of the newer half of a part.
    half: usize,
}

/// Entries in two halves: when the newer is full the older is forgotten.
struct Shard<T> {
    newer: HashMap<Key, Arc<[T]>>,
    older: HashMap<Key, Arc<[T]>>,
    bytes: usize,
}

impl<T> Shard<T> {
    fn new() -> Self {
        Self { newer: HashMap::new(), older: HashMap::new(), bytes: 0 }
    }

    fn get(&mut self, key: &Key, half: usize) -> Option<Arc<[T]>> {
        if let Some(found) = self.newer.get(key) {
            return Some(Arc::clone(found));
        }
        // What is asked for again stays.
        let found = self.older.remove(key)?;
        self.put(*key, Arc::clone(&found), half);
        Some(found)
    }

    fn put(&mut self, key: Key, found: Arc<[T]>, half: usize) {
        self.bytes += size_of_val(&*found) + ENTRY_BYTES;
        self.newer.insert(key, found);
        if self.bytes > half {
            self.older = std::mem::take(&mut self.newer);
            self.bytes = 0;
        }
    }
}

impl<T> Memo<T> {
    /// A memo that takes about so many bytes at most.
    pub fn new(bytes: usize) -> Self {
        Self { shards: std::array::from_fn(|_| Mutex::new(Shard::new())), half: bytes / SHARDS / 2 }
    }

    /// What a sentence holds: found before, or found now and kept.
    pub fn recall(&self, key: Key, find: impl FnOnce() -> Vec<T>) -> Arc<[T]> {
        self.known(&key).unwrap_or_else(|| {
            let found: Arc<[T]> = find().into();
            self.shard(&key).put(key, Arc::clone(&found), self.half);
            found
        })
    }

    /// What was found in a sentence before.
    pub fn known(&self, key: &Key) -> Option<Arc<[T]>> {
        self.shard(key).get(key, self.half)
    }

    fn shard(&self, key: &Key) -> MutexGuard<'_, Shard<T>> {
        self.shards[usize::from(key[0]) % SHARDS].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_full_forgets_the_older_half_and_keeps_what_is_asked_for() {
        const HALF: usize = 1 << 20;
        let mut shard = Shard::new();
        let found: Arc<[u64]> = vec![1; 1000].into();
        let key = |n: u32| *blake3::hash(&n.to_le_bytes()).as_bytes();
        let many = u32::try_from(3 * HALF / size_of_val(&*found)).expect("a small number");
        for n in 0..many {
            shard.put(key(n), Arc::clone(&found), HALF);
            assert!(shard.get(&key(0), HALF).is_some(), "asked for again and again: {n}");
        }
        let kept = (1..many).filter(|n| shard.get(&key(*n), HALF).is_some()).count();
        assert!(kept * size_of_val(&*found) <= 2 * HALF && kept > 50, "{kept}");
    }
}
