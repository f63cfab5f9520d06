/// Whether the agent can do its work: every dependency by name.
@NullMarked
package dev.tocsin.agent.health;

import org.jspecify.annotations.NullMarked;
