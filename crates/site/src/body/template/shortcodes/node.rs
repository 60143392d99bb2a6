//! What a template is made of, whatever its engine.

/// How deep blocks and brackets of a template may nest.
pub(super) const DEEPEST: usize = 32;

/// A part of a template.
pub(super) enum Node {
    Text(String),
    /// An expression whose value is shown.
    Show(Expression),
    /// A variable that gets a value.
    Set(String, Expression),
    /// Parts of which the first one is taken whose condition holds.
    Choice(Vec<Branch>),
}

/// Parts that depend on a condition; without one they are what remains.
pub(super) struct Branch {
    pub(super) condition: Option<Condition>,
    pub(super) nodes: Vec<Node>,
}

/// What decides on a part.
pub(super) struct Condition {
    pub(super) value: Expression,
    /// Whether the value is what `.` stands for inside, as Go's `with` has it.
    pub(super) is_dot: bool,
    /// A variable that has the value inside.
    pub(super) variable: Option<String>,
}

impl Condition {
    pub(super) fn of(value: Expression) -> Self {
        Condition {
            value,
            is_dot: false,
            variable: None,
        }
    }
}

/// What has a value.
pub(super) enum Expression {
    /// A text in quotes.
    Text(String),
    /// A variable, or a function with its arguments, some of which have names.
    Call(String, Vec<(Option<String>, Expression)>),
    /// What is not understood.
    Unknown,
}

/// The arguments of a call.
pub(super) type Parts<'a> = &'a [(Option<String>, Expression)];

/// A part of a template before blocks are put together.
pub(super) enum Piece {
    Node(Node),
    Open(Condition),
    Else(Option<Condition>),
    End,
}

/// A block that is not closed yet.
struct Open {
    before: Vec<Node>,
    branches: Vec<Branch>,
    condition: Option<Condition>,
}

/// The parts of a template with blocks in each other; `None` where they do not fit together.
pub(super) fn tree(pieces: Vec<Piece>) -> Option<Vec<Node>> {
    let mut open: Vec<Open> = Vec::new();
    let mut nodes = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Node(node) => nodes.push(node),
            Piece::Open(condition) => {
                if open.len() >= DEEPEST {
                    return None;
                }
                open.push(Open {
                    before: std::mem::take(&mut nodes),
                    branches: Vec::new(),
                    condition: Some(condition),
                });
            }
            Piece::Else(next) => {
                let block = open.last_mut()?;
                let condition = std::mem::replace(&mut block.condition, next);
                let nodes = std::mem::take(&mut nodes);
                block.branches.push(Branch { condition, nodes });
            }
            Piece::End => {
                let Open {
                    before,
                    mut branches,
                    condition,
                } = open.pop()?;
                let inner = std::mem::replace(&mut nodes, before);
                branches.push(Branch {
                    condition,
                    nodes: inner,
                });
                nodes.push(Node::Choice(branches));
            }
        }
    }
    open.is_empty().then_some(nodes)
}
