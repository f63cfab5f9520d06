/// What `/metrics` says, in the text formats that scrapers ask for.
@NullMarked
package dev.tocsin.agent.metrics;

import org.jspecify.annotations.NullMarked;
