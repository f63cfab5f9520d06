/// The agent as a program: reads its configuration, wires everything, starts and stops it.
@NullMarked
package dev.tocsin.agent;

import org.jspecify.annotations.NullMarked;
