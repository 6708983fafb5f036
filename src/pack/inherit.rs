//! What a pack has from the pack that it extends.

use super::schema::{PackFile, Pattern};

/// Marks the patterns that a pack took over as they are: the base's own examples try them.
pub(super) fn mark_inherited(base: &PackFile, whole: &mut PackFile) {
    for requirement in &mut whole.requirements {
        let Some(before) = base.requirements.iter().find(|r| r.id == requirement.id) else { continue };
        for element in &mut requirement.elements {
            let Some(before) = before.elements.iter().find(|e| e.id == element.id) else { continue };
            let lists = [
                (&before.provides, &mut element.provides),
                (&before.half, &mut element.half),
                (&before.contradicts, &mut element.contradicts),
            ];
            for (before, patterns) in lists {
                for pattern in patterns {
                    pattern.inherited = before.iter().any(|b| Pattern { inherited: false, ..b.clone() } == *pattern);
                }
            }
        }
    }
}
