/// The state of rules in bytes: what a checkpoint keeps of them.
@NullMarked
package dev.tocsin.rules.state;

import org.jspecify.annotations.NullMarked;
