//! Client blocks of a batch: one for each way in which its records differ in who wrote them.

use std::collections::HashMap;

use dlogs_record::json::Incoming;

use crate::client_block::ClientBlock;
use crate::refusal::Refusal;

/// The blocks, and where each is.
#[derive(Default)]
pub(super) struct Origins {
    blocks: Vec<ClientBlock>,
    /// Whole blocks, as JSON.
    known: HashMap<String, u16>,
    /// Differences from the first block.
    differing: HashMap<[Option<String>; 5], u16>,
}

impl Origins {
    /// Origins that mostly are this one.
    pub(super) fn new(mut base: ClientBlock) -> Self {
        name_language(&mut base);
        let differing = HashMap::from([(Default::default(), 0)]);
        Self { blocks: vec![base], known: HashMap::new(), differing }
    }

    /// The number of this block.
    pub(super) fn add(&mut self, block: ClientBlock) -> Result<u16, Refusal> {
        let name = serde_json::to_string(&block).unwrap_or_default();
        if let Some(at) = self.known.get(&name) {
            return Ok(*at);
        }
        let at = self.push(block)?;
        self.known.insert(name, at);
        Ok(at)
    }

    /// The number of the first block with what the record itself says.
    pub(super) fn of(&mut self, incoming: &mut Incoming) -> Result<u16, Refusal> {
        let own = [
            incoming.language.take(),
            incoming.service.take(),
            incoming.component.take(),
            incoming.environment.take(),
            incoming.host.take(),
        ];
        if let Some(at) = self.differing.get(&own) {
            return Ok(*at);
        }
        let mut block = self.blocks.first().cloned().unwrap_or_default();
        let set = |place: &mut String, own: &Option<String>| {
            if let Some(own) = own {
                own.clone_into(place);
            }
        };
        set(&mut block.language, &own[0]);
        set(&mut block.service, &own[1]);
        set(&mut block.component, &own[2]);
        set(&mut block.environment, &own[3]);
        set(&mut block.host, &own[4]);
        let at = self.push(block)?;
        self.differing.insert(own, at);
        Ok(at)
    }

    fn push(&mut self, mut block: ClientBlock) -> Result<u16, Refusal> {
        name_language(&mut block);
        let at = u16::try_from(self.blocks.len()).map_err(|_| {
            Refusal::bad(
                "origins",
                "A batch has more than 65535 different services and hosts; split it.",
            )
        })?;
        self.blocks.push(block);
        Ok(at)
    }

    pub(super) fn get(&self, at: u16) -> Option<&ClientBlock> {
        self.blocks.get(usize::from(at))
    }

    /// All of them, at least one.
    pub(super) fn into_blocks(mut self) -> Vec<ClientBlock> {
        if self.blocks.is_empty() {
            self.blocks.push(ClientBlock::default());
        }
        self.blocks
    }
}

/// Who tells no language is called by what it came over.
fn name_language(block: &mut ClientBlock) {
    if block.language.is_empty() {
        block.language = "http".into();
    }
}
