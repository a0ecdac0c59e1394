package dev.gatlingllm.cli;

import dev.gatlingllm.command.Command;
import dev.gatlingllm.command.CommandLine;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From users to calls and tokens per minute, with the arithmetic shown.
 *
 * <pre>{@code
 * mvn -q compile exec:java@calculator -Dexec.args="--users 10000 --active 0.1 --interactions 2"
 * }</pre>
 */
public final class CalculatorCommand {

  private static final CommandLine.Syntax SYNTAX =
      new CommandLine.Syntax(
          "usage: calculator --users N [--active SHARE] [--sessions N] [--interactions N]"
              + " [--calls N] [--hours N] [--margin PERCENT] [--context TOKENS --output TOKENS]",
          Set.of(
              "--users",
              "--active",
              "--sessions",
              "--interactions",
              "--calls",
              "--hours",
              "--margin",
              "--context",
              "--output"),
          Set.of());

  private CalculatorCommand() {}

  /** Exits with 0, or with 2 after one line that says what is wrong with the input. */
  public static void main(String[] arguments) {
    Command.exit(
        Command.run("calculator", Command.err(), () -> run(List.of(arguments), Command.out())));
  }

  static int run(List<String> arguments, PrintStream out) {
    CommandLine line = SYNTAX.parse(arguments);
    if (!line.operands().isEmpty()) {
      throw SYNTAX.refused("there is no argument " + line.operands().get(0));
    }
    if (!line.options().containsKey("--users")) {
      throw SYNTAX.refused("--users must be given");
    }
    LoadModel model =
        new LoadModel(
            number(line, "--users", "1"),
            number(line, "--active", "1"),
            number(line, "--sessions", "1"),
            number(line, "--interactions", "1"),
            number(line, "--calls", "1"),
            number(line, "--hours", "1"),
            number(line, "--margin", "10"));
    print(model, out);
    tokens(line, model, out);
    return 0;
  }

  private static void print(LoadModel model, PrintStream out) {
    out.println("users x active x sessions x interactions x calls = calls in the peak");
    out.println(
        String.join(
                " x ",
                LoadModel.text(model.users()),
                model.activeShare().toPlainString(),
                LoadModel.text(model.sessions()),
                LoadModel.text(model.interactions()),
                LoadModel.text(model.calls()))
            + " = "
            + LoadModel.text(model.callsInPeak()));
    out.println(
        LoadModel.text(model.callsInPeak())
            + " calls / ("
            + LoadModel.text(model.hours())
            + " h x 60 min) = "
            + LoadModel.text(model.requestsPerMinute())
            + " calls/min; with "
            + LoadModel.text(model.marginPercent())
            + " % margin "
            + LoadModel.text(model.withMargin())
            + " calls/min");
    out.println("settings: -Dllm.load.rpm=" + LoadModel.text(model.withMargin()));
  }

  private static void tokens(CommandLine line, LoadModel model, PrintStream out) {
    if (!line.options().containsKey("--context") || !line.options().containsKey("--output")) {
      return;
    }
    BigDecimal context = number(line, "--context", "");
    BigDecimal output = number(line, "--output", "");
    BigDecimal rpm = model.withMargin();
    out.println(
        LoadModel.text(rpm)
            + " calls/min x ("
            + LoadModel.text(context)
            + " + "
            + LoadModel.text(output)
            + ") tokens = "
            + LoadModel.text(rpm.multiply(context.add(output)))
            + " tokens/min ("
            + LoadModel.text(rpm.multiply(context))
            + " input, "
            + LoadModel.text(rpm.multiply(output))
            + " output)");
    out.println(
        "settings: -Dllm.profile.shape=custom -Dllm.profile.contextTokens="
            + LoadModel.text(context)
            + " -Dllm.profile.maxTokens="
            + LoadModel.text(output));
  }

  private static BigDecimal number(CommandLine line, String option, String otherwise) {
    List<String> values = line.options().getOrDefault(option, List.of());
    String text =
        Optional.of(values)
            .filter(v -> !v.isEmpty())
            .map(v -> v.get(v.size() - 1))
            .orElse(otherwise);
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException ignored) {
      throw SYNTAX.refused(option + " must be a number, was \"" + text + '"');
    }
  }
}
