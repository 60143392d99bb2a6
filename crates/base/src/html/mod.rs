//! What HTML is, as far as more than one crate has to know it.

pub mod foster;
pub mod nesting;
