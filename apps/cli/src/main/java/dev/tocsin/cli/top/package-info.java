/// The live view of a running agent.
@NullMarked
package dev.tocsin.cli.top;

import org.jspecify.annotations.NullMarked;
