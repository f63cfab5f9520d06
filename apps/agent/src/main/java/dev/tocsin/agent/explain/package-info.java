/// Why an alert is as it is: its samples, the values between, both clocks, and the time of every
/// stage.
@NullMarked
package dev.tocsin.agent.explain;

import org.jspecify.annotations.NullMarked;
