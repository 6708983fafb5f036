//! Legal citations that are malformed or known wrong.

use super::{Finding, Scene};

/// One finding for each known mistake, with every place.
pub fn find(scene: &Scene<'_, '_>) -> Vec<Finding> {
    let mistakes = scene.file.mistakes.iter().filter(|m| m.scans || !scene.out.scan);
    mistakes
        .filter_map(|mistake| {
            let mut spans = Vec::new();
            for (_, _, folded) in scene.body() {
                spans.extend(mistake.pattern.0.find_iter(folded.text()).map(|m| folded.span(m.range())));
            }
            (!spans.is_empty()).then(|| Finding::new(mistake.says.clone(), spans))
        })
        .collect()
}
