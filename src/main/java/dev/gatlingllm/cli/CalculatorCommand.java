package dev.gatlingllm.cli;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Turns users into calls and tokens per minute, with the arithmetic shown. */
@Command(
    name = "calculator",
    description = "Turns users into calls and tokens per minute, with the arithmetic shown.")
final class CalculatorCommand implements Callable<Integer> {

  private final PrintStream out;

  @Option(names = "--users", required = true, paramLabel = "N", description = "All users.")
  private BigDecimal users;

  @Option(
      names = "--active",
      paramLabel = "SHARE",
      description = "Share of them who use the application in the peak (default: 1).")
  private BigDecimal active = BigDecimal.ONE;

  @Option(
      names = "--sessions",
      paramLabel = "N",
      description = "Sessions of each active user in the peak (default: 1).")
  private BigDecimal sessions = BigDecimal.ONE;

  @Option(
      names = "--interactions",
      paramLabel = "N",
      description = "Interactions of each session (default: 1).")
  private BigDecimal interactions = BigDecimal.ONE;

  @Option(
      names = "--calls",
      paramLabel = "N",
      description = "Model calls of each interaction (default: 1).")
  private BigDecimal calls = BigDecimal.ONE;

  @Option(names = "--hours", paramLabel = "N", description = "Length of the peak (default: 1).")
  private BigDecimal hours = BigDecimal.ONE;

  @Option(names = "--margin", paramLabel = "PERCENT", description = "Added on top (default: 10).")
  private BigDecimal margin = BigDecimal.TEN;

  @Option(
      names = "--context",
      paramLabel = "TOKENS",
      description = "Input tokens of a call, with --output.")
  private Optional<BigDecimal> context = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "TOKENS",
      description = "Output tokens of a call, with --context.")
  private Optional<BigDecimal> output = Optional.empty();

  CalculatorCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    LoadModel model = new LoadModel(users, active, sessions, interactions, calls, hours, margin);
    print(model);
    if (context.isPresent() && output.isPresent()) {
      printTokens(model.withMargin(), context.get(), output.get());
    }
    return 0;
  }

  private void print(LoadModel model) {
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

  private void printTokens(BigDecimal rpm, BigDecimal input, BigDecimal generated) {
    out.println(
        LoadModel.text(rpm)
            + " calls/min x ("
            + LoadModel.text(input)
            + " + "
            + LoadModel.text(generated)
            + ") tokens = "
            + LoadModel.text(rpm.multiply(input.add(generated)))
            + " tokens/min ("
            + LoadModel.text(rpm.multiply(input))
            + " input, "
            + LoadModel.text(rpm.multiply(generated))
            + " output)");
    out.println(
        "settings: -Dllm.profile.shape=custom -Dllm.profile.contextTokens="
            + LoadModel.text(input)
            + " -Dllm.profile.maxTokens="
            + LoadModel.text(generated));
  }
}
