package dev.tocsin.cli;

import dev.tocsin.agent.api.StatusApi;
import dev.tocsin.model.text.Suggestion;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds the command and runs it.
public final class Main {
  private static final List<Command> COMMANDS =
      List.of(
          new AgentCommand(),
          new CheckConfigCommand(),
          new CheckRulesCommand(),
          new TestPromqlCommand(),
          new TestRulesCommand(),
          new ExplainCommand(),
          new TopCommand(),
          new JournalReplayCommand(),
          new JournalInspectCommand(false),
          new JournalInspectCommand(true));

  private Main() {}

  public static void main(String[] arguments) {
    Terminal terminal =
        new Terminal(
            new PrintStream(System.out, true, StandardCharsets.UTF_8),
            new PrintStream(System.err, true, StandardCharsets.UTF_8));
    System.exit(run(Arrays.asList(arguments), terminal));
  }

  /// Returns the exit code.
  static int run(List<String> arguments, Terminal terminal) {
    if (arguments.isEmpty()) {
      help(terminal.err());
      return Exit.COULD_NOT_RUN;
    }
    String first = arguments.getFirst();
    if (List.of("version", "--version").contains(first)) {
      terminal.out().println("tocsin " + StatusApi.VERSION);
      return Exit.FINE;
    }
    if (arguments.size() == 1 && List.of("help", "--help", "-h").contains(first)) {
      help(terminal.out());
      return Exit.FINE;
    }
    if (first.equals("help")) {
      List<String> asked = new ArrayList<>(arguments.subList(1, arguments.size()));
      asked.add("--help");
      return run(asked, terminal);
    }
    for (Command command : COMMANDS) {
      List<String> name = List.of(command.name().split(" "));
      if (arguments.size() >= name.size() && arguments.subList(0, name.size()).equals(name)) {
        return run(command, arguments.subList(name.size(), arguments.size()), terminal);
      }
    }
    return unknown(arguments, terminal.err());
  }

  private static int run(Command command, List<String> arguments, Terminal terminal) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      usage(command, terminal.out());
      return Exit.FINE;
    }
    try {
      return command.run(arguments, terminal);
    } catch (UsageException e) {
      terminal.err().println("tocsin " + command.name() + ": " + e.getMessage());
      terminal.err().println("See: tocsin " + command.name() + " --help");
      return Exit.COULD_NOT_RUN;
    }
  }

  private static int unknown(List<String> arguments, PrintStream err) {
    List<String> names = COMMANDS.stream().map(Command::name).toList();
    String typed = String.join(" ", arguments.subList(0, Math.min(2, arguments.size())));
    String first = arguments.getFirst();
    List<String> longer = names.stream().filter(name -> name.startsWith(first + " ")).toList();
    String near = Suggestion.didYouMean(typed, names);
    if (longer.isEmpty()) {
      err.println(
          "tocsin: unknown command \"" + typed + "\"" + (near.isEmpty() ? "" : "; " + near));
    } else {
      err.println("tocsin: \"" + first + "\" needs to know what: " + String.join(", ", longer));
    }
    err.println("See: tocsin help");
    return Exit.COULD_NOT_RUN;
  }

  private static void help(PrintStream out) {
    out.println("Tocsin watches, decides, and rings the bell.");
    out.println();
    for (Command command : COMMANDS) {
      String call = "tocsin " + command.name() + " " + command.usage();
      out.println("  " + call);
      out.println("      " + command.summary());
    }
    out.println();
    out.println("Each command has --help; tocsin version says the version.");
    out.println("Exit codes: 0 fine, 1 found problems, 2 could not run.");
  }

  private static void usage(Command command, PrintStream out) {
    out.println("tocsin " + command.name() + " " + command.usage());
    out.println();
    out.println(command.summary());
    if (!command.options().isEmpty()) {
      out.println();
      command.options().forEach(option -> out.println("  " + option));
    }
  }
}
