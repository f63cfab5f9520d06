package dev.tocsin.collect.remotewrite;

import dev.tocsin.collect.remotewrite.wire.MalformedException;
import dev.tocsin.collect.remotewrite.wire.ProtoReader;
import dev.tocsin.collect.series.LabelBlock;
import org.jspecify.annotations.Nullable;

/// Label references of a 2.0 request, a name and a value in turn: checks them and makes labels of
/// them. A reference is structure, as a length is: where one is wrong, the symbols are not those it
/// was made for, and nothing of the request can be trusted. Reused.
final class References {
  private static final int NO_NAME = -1;

  private final SymbolTable symbols;
  private @Nullable LabelBlock labels;
  private int name = NO_NAME;

  References(SymbolTable symbols) {
    this.symbols = symbols;
  }

  /// @param into where the labels go; null where nobody wants them
  void begin(@Nullable LabelBlock into) {
    labels = into;
    name = NO_NAME;
  }

  /// Reads a packed list, at whose length the reader stands.
  void readPacked(ProtoReader reader) throws MalformedException {
    int outer = reader.enter();
    while (!reader.atEnd()) {
      read(reader);
    }
    reader.leave(outer);
  }

  /// Reads one reference.
  void read(ProtoReader reader) throws MalformedException {
    int at = reader.at();
    int symbol = symbols.checked(reader.varint(), at);
    if (name == NO_NAME) {
      name = symbol;
      return;
    }
    if (labels != null) {
      symbols.addTo(labels, name, symbol);
    }
    name = NO_NAME;
  }

  /// @param at the offset behind the message they were in
  void end(int at) throws MalformedException {
    if (name != NO_NAME) {
      throw new MalformedException(at, "an odd number of label references");
    }
  }
}
