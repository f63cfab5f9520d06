package dev.tocsin.agent;

import dev.tocsin.collect.host.HostSource;
import dev.tocsin.deliver.outbox.Outbox;
import dev.tocsin.deliver.send.Sender;
import dev.tocsin.engine.Engine;
import dev.tocsin.pipeline.accounting.Accounting;
import dev.tocsin.pipeline.accounting.Durability;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.pipeline.journal.Journal;
import dev.tocsin.pipeline.ring.Ring;
import java.util.List;
import java.util.Optional;

/// The parts of an agent, wired.
///
/// @param host empty where this machine is not watched
record Parts(
    Accounting accounting,
    Durability durability,
    Ring ring,
    Journal journal,
    Intake intake,
    Engine engine,
    EngineWorker engineWorker,
    Checkpoints checkpoints,
    Outbox outbox,
    DeliveredQueue answers,
    Reloads reloads,
    RuleSources ruleSources,
    Expirations expirations,
    Optional<HostSource> host,
    List<Sender> senders) {}
