//! Posts that strangers send: what comes out is safe, whatever goes in.

mod bounds;
mod markup;
mod paths;
mod values;
