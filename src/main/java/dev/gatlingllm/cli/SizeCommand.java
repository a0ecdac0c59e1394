package dev.gatlingllm.cli;

import dev.gatlingllm.input.TraceFile;
import dev.gatlingllm.input.TraceFormat;
import dev.gatlingllm.input.TraceWindow;
import dev.gatlingllm.record.CapacityResult;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.text.Count;
import dev.gatlingllm.text.Figures;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How many deployments, units or replicas a load takes, from what one was measured to carry. */
@Command(
    name = "size",
    description = {
      "Says how many deployments, units or replicas a load takes.",
      "",
      "The load comes from users, or from a recorded trace: its busiest 60 seconds. What one unit"
          + " carries is measured, never looked up: give the numbers with --unit-calls. Quotas are"
          + " those of your account."
    })
final class SizeCommand implements Callable<Integer> {

  private final PrintStream out;

  @Mixin private UserDemand users = new UserDemand();

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "A recorded trace in place of users.")
  private Optional<Path> trace = Optional.empty();

  @Option(
      names = "--trace-format",
      paramLabel = "FORMAT",
      description = "auto (default), azure, mooncake, bailian or burstgpt.")
  private String format = TraceFormat.AUTO;

  @Option(
      names = "--measured",
      paramLabel = "RUN",
      description = "The folder of a capacity search against one unit.")
  private Optional<Path> measured = Optional.empty();

  @Option(
      names = "--unit-calls",
      paramLabel = "N",
      description = "Calls per minute that one unit carries.")
  private Optional<BigDecimal> unitCalls = Optional.empty();

  @Option(
      names = "--unit-tokens",
      paramLabel = "N",
      description = "Input and output tokens per minute that it carried, with --unit-calls.")
  private Optional<BigDecimal> unitTokens = Optional.empty();

  @Option(names = "--spare", paramLabel = "N", description = "Units on top (default: 0).")
  private int spare;

  @Option(
      names = "--quota-calls",
      paramLabel = "N",
      description = "Calls per minute that your account may make.")
  private Optional<BigDecimal> quotaCalls = Optional.empty();

  @Option(
      names = "--quota-tokens",
      paramLabel = "N",
      description = "Input and output tokens per minute that your account may use.")
  private Optional<BigDecimal> quotaTokens = Optional.empty();

  SizeCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    Optional<UnitCapacity> unit = unit();
    Optional<AccountQuota> calls =
        quotaCalls.map(most -> new AccountQuota("--quota-calls", most, "calls"));
    Optional<AccountQuota> tokens =
        quotaTokens.map(most -> new AccountQuota("--quota-tokens", most, "tokens"));
    if (unit.isEmpty() && calls.isEmpty() && tokens.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing to size against: give --measured, --unit-calls, --quota-calls or"
              + " --quota-tokens");
    }
    Demand demand = demand();
    if (tokens.isPresent() && demand.tokens().isEmpty()) {
      throw new IllegalArgumentException(
          "--quota-tokens needs the tokens of a call: --context and --output");
    }
    unit.ifPresent(one -> new Sizing(demand, one, spare).lines().forEach(out::println));
    calls.ifPresent(quota -> out.println(quota.line(demand.calls())));
    tokens.ifPresent(quota -> out.println(quota.line(demand.tokens().orElseThrow().total())));
    return 0;
  }

  private Optional<UnitCapacity> unit() throws IOException {
    if (measured.isPresent() && unitCalls.isPresent()) {
      throw new IllegalArgumentException(
          "--measured and --unit-calls are two measurements: give one");
    }
    return measured.isPresent() ? Optional.of(ofSearch(measured.get())) : ofNumbers();
  }

  private static UnitCapacity ofSearch(Path run) throws IOException {
    CapacityResult found =
        new RunFiles(run)
            .readCapacity()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        run
                            + " has no capacity.json: --measured names the run of a capacity search"
                            + " (capacity.RateSearchSimulation)"));
    OptionalDouble calls = found.clients() ? found.ratePerMinute() : found.load();
    if (calls.isEmpty() || calls.getAsDouble() <= 0) {
      throw new IllegalArgumentException(run + " found no load at which every limit held");
    }
    boolean ofRate = !found.clients();
    return new UnitCapacity(
        BigDecimal.valueOf(calls.getAsDouble()),
        ofRate ? number(found.low95()) : Optional.empty(),
        ofRate ? number(found.high95()) : Optional.empty(),
        number(found.tokensPerMinute()),
        !List.of("limit", "quota").contains(found.limitedBy()),
        "measured, limited by "
            + (found.limit().isEmpty() ? found.limitedBy() : found.limit())
            + (ofRate ? "" : ", with " + Figures.plain(found.load()) + " clients"));
  }

  private static Optional<BigDecimal> number(OptionalDouble value) {
    return value.stream().filter(one -> one > 0).mapToObj(BigDecimal::valueOf).findFirst();
  }

  private Optional<UnitCapacity> ofNumbers() {
    if (unitTokens.isPresent() && unitCalls.isEmpty()) {
      throw new IllegalArgumentException(
          "--unit-tokens needs --unit-calls: both are of the same measurement");
    }
    return unitCalls.map(
        calls ->
            new UnitCapacity(
                positive("--unit-calls", calls),
                Optional.empty(),
                Optional.empty(),
                unitTokens.map(each -> positive("--unit-tokens", each)),
                false,
                "as given"));
  }

  private static BigDecimal positive(String option, BigDecimal value) {
    if (value.signum() <= 0) {
      throw new IllegalArgumentException(
          option + " must be > 0 per minute, was " + value.toPlainString());
    }
    return value;
  }

  private Demand demand() {
    if (trace.isPresent() == users.given()) {
      throw new IllegalArgumentException(
          trace.isPresent()
              ? "--trace and --users are two loads: give one"
              : "the load is missing: give --users=N or --trace=FILE");
    }
    return trace.isPresent() ? ofTrace(trace.get()) : ofUsers();
  }

  private Demand ofUsers() {
    LoadModel model = users.calls();
    Demand demand = Demand.of(model, users.size());
    model.arithmetic().forEach(out::println);
    printTokens(demand);
    return demand;
  }

  private Demand ofTrace(Path file) {
    TraceFile read =
        TraceFile.read(
            file, new TraceWindow(Duration.ZERO, Optional.empty(), OptionalInt.empty()), format);
    Demand demand = Demand.of(read, users.margin());
    out.println(
        "trace: "
            + Count.of(read.rows().size(), "call")
            + " ("
            + read.format().word()
            + "); the busiest 60 s with "
            + LoadModel.text(users.margin())
            + " % margin: "
            + LoadModel.text(demand.calls())
            + " calls/min");
    printTokens(demand);
    return demand;
  }

  private void printTokens(Demand demand) {
    demand
        .tokens()
        .ifPresent(
            tokens ->
                out.println(
                    LoadModel.text(tokens.total())
                        + " tokens/min ("
                        + LoadModel.text(tokens.input())
                        + " input, "
                        + LoadModel.text(tokens.output())
                        + " output)"));
  }
}
