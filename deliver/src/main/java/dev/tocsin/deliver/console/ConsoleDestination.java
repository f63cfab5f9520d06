package dev.tocsin.deliver.console;

import dev.tocsin.deliver.destination.LocalDestination;
import dev.tocsin.deliver.destination.Notice;
import dev.tocsin.model.alert.AlertEvent;
import java.util.function.Consumer;

/// Prints a line when an alert begins to fire and when it resolves, into a sink of the program.
public final class ConsoleDestination implements LocalDestination {
  private final Consumer<String> sink;

  /// @param sink takes one line without its end; called on the outbox's thread, must not block
  public ConsoleDestination(Consumer<String> sink) {
    this.sink = sink;
  }

  @Override
  public String name() {
    return "console";
  }

  @Override
  public boolean wants(AlertEvent event) {
    return switch (event.kind()) {
      case FIRING, RESOLVED -> true;
      case STILL_FIRING, STILL_RESOLVED -> false;
    };
  }

  @Override
  public void tell(Notice notice) {
    sink.accept(ConsoleLine.of(notice));
  }
}
