//! A group: processes that read a log together. Each partition has one owner among those that are there.
//!
//! It knows who is there and who owns what. When partitions change hands, and what becomes of that which is in the
//! old hands, is its caller's matter.

/// Who reads a log together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Which of its members are there.
    members: Vec<bool>,
    /// By partition; `None` as long as nobody is there.
    owners: Vec<Option<usize>>,
    /// How often somebody has come or gone.
    pub round: u32,
    /// Is it waiting for its partitions to be handed over?
    pub is_halted: bool,
}

impl Group {
    /// A group of so many members, who are all there, with so many partitions between them.
    pub fn new(members: usize, partitions: usize) -> Self {
        let mut group = Self {
            members: vec![true; members],
            owners: vec![None; partitions],
            round: 0,
            is_halted: false,
        };
        group.assign();
        group
    }

    /// A member comes or goes. False when that is nothing new; otherwise the group stands still.
    pub fn note(&mut self, member: usize, is_there: bool) -> bool {
        let is_new = std::mem::replace(&mut self.members[member], is_there) != is_there;
        if is_new {
            self.round += 1;
            self.is_halted = true;
        }
        is_new
    }

    /// Nobody is there any more.
    pub fn disband(&mut self) {
        for member in 0..self.members.len() {
            self.note(member, false);
        }
    }

    /// Gives each partition an owner: those who are there, in turn. Returns the partitions whose owner has changed.
    pub fn assign(&mut self) -> Vec<usize> {
        self.is_halted = false;
        let there: Vec<usize> = (0..self.members.len()).filter(|it| self.members[*it]).collect();
        let mut changed = Vec::new();
        for (partition, owner) in self.owners.iter_mut().enumerate() {
            let next = there.get(partition.checked_rem(there.len()).unwrap_or(0)).copied();
            if std::mem::replace(owner, next) != next {
                changed.push(partition);
            }
        }
        changed
    }

    /// Who owns a partition.
    pub fn owner(&self, partition: usize) -> Option<usize> {
        self.owners[partition]
    }
}
