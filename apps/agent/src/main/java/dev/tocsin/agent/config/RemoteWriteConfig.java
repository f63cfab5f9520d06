package dev.tocsin.agent.config;

import dev.tocsin.deliver.send.SendConfig;

/// An entry of `remote_write`.
///
/// @param send without the external labels, which are in another section
/// @param version of the protocol: 1 or 2
public record RemoteWriteConfig(SendConfig send, int version) {}
