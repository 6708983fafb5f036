//! Ctrl-C and the other polite ways to end a program: nothing half-written stays behind.

use crate::transient;

/// What a shell makes of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// From now on a signal removes what is in the making before it ends the program.
pub fn install() {
    // Without a handler the program ends all the same, only less tidily.
    let _ = ctrlc::set_handler(|| {
        let _no_more = transient::sweep();
        #[expect(clippy::exit, reason = "the threads at work are not asked: that is what Ctrl-C means")]
        std::process::exit(INTERRUPTED);
    });
}
