//! The known name most like a mistyped one, for "did you mean".

/// The candidate with the fewest edits to `name`, if it is near enough to be a slip of the keyboard.
pub fn nearest<'a, S: AsRef<str> + 'a + ?Sized>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a S>,
) -> Option<&'a str> {
    let bound = (name.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|c| (if is_swap(name, c.as_ref()) { 1 } else { distance(name, c.as_ref()) }, c.as_ref()))
        .filter(|(d, _)| *d <= bound)
        .min_by_key(|(d, _)| *d)
        .map(|(_, c)| c)
}

/// Whether two neighbouring letters in the other order are the whole difference: one slip of the keyboard.
fn is_swap(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let differing: Vec<usize> = (0..a.len().min(b.len())).filter(|i| a[*i] != b[*i]).collect();
    match differing[..] {
        [i, j] => a.len() == b.len() && j == i + 1 && a[i] == b[j] && a[j] == b[i],
        _ => false,
    }
}

/// The number of edits between two words (Levenshtein), in characters.
pub fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let cost = corner + usize::from(ca != *cb);
            corner = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_nonsense_finds_none() {
        assert_eq!(nearest("trainng", ["training", "police"]), Some("training"));
        assert_eq!(nearest("MUO-7", ["MOU-1", "MOU-7"]), Some("MOU-7"));
        assert_eq!(nearest("zebra", ["training", "police"]), None);
    }
}
