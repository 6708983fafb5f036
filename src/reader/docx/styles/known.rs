//! Style sheets read before: a word processor writes the same one, hundreds of kilobytes long, into most of its files.

use super::{Budget, Part, ReadError, Styles};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// How many style sheets are kept, the last used ones.
const KEPT: usize = 16;
/// A longer sheet is read each time.
const LONGEST: usize = 2 << 20;
/// So is one with more elements, each of which may be a style: what is kept of strangers' files stays below 3 MB a sheet.
/// Word's own sheet has 6,000.
const MOST_ELEMENTS: usize = 20_000;

static KNOWN: Mutex<VecDeque<Sheet>> = Mutex::new(VecDeque::new());

struct Sheet {
    /// Its text and the depth up to which it was read, as a hash that nobody can forge a second text for.
    key: blake3::Hash,
    /// How many elements it has: whoever takes it over pays for them.
    elements: usize,
    styles: Arc<Styles>,
}

/// The styles of a part, read now or before.
///
/// # Errors
/// As reading it gives.
pub(in super::super) fn styles(part: &Part, budget: &Budget) -> Result<Arc<Styles>, ReadError> {
    if part.text().len() > LONGEST {
        return Styles::read(part, budget).map(Arc::new);
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update(&budget.depth().to_le_bytes());
    let key = hasher.update(part.text().as_bytes()).finalize();
    if let Some((styles, elements)) = recall(&key) {
        budget.charge(elements)?;
        return Ok(styles);
    }
    let before = budget.charged();
    let styles = Arc::new(Styles::read(part, budget)?);
    let elements = budget.charged() - before;
    if elements <= MOST_ELEMENTS {
        keep(Sheet { key, elements, styles: Arc::clone(&styles) });
    }
    Ok(styles)
}

fn recall(key: &blake3::Hash) -> Option<(Arc<Styles>, usize)> {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let at = known.iter().position(|sheet| sheet.key == *key)?;
    let sheet = known.remove(at)?;
    let found = (Arc::clone(&sheet.styles), sheet.elements);
    known.push_front(sheet);
    Some(found)
}

fn keep(sheet: Sheet) {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    // Another thread may have read the same one in the meantime.
    if known.iter().all(|other| other.key != sheet.key) {
        known.truncate(KEPT - 1);
        known.push_front(sheet);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::Limits;

    #[test]
    fn a_style_sheet_read_before_costs_as_much_of_the_budget_as_before() {
        let text = r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:styleId="Known"><w:name w:val="heading 2"/></w:style></w:styles>"#;
        let part = Part::decode("styles.xml".to_owned(), text.as_bytes().to_vec()).expect("a part");
        let read = |elements| {
            let budget = Budget::new(&Limits { elements, ..Limits::default() });
            styles(&part, &budget).map(|styles| (budget.charged(), styles.has("Known")))
        };
        assert_eq!(read(3).expect("styles"), (3, true));
        assert_eq!(read(3).expect("the same styles"), (3, true));
        assert!(matches!(read(2), Err(ReadError::TooLarge { .. })));
    }
}
