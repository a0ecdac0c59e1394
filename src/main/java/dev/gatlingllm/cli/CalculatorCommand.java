package dev.gatlingllm.cli;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Turns users into calls and tokens per minute, with the arithmetic shown. */
@Command(
    name = "calculator",
    description = "Turns users into calls and tokens per minute, with the arithmetic shown.")
final class CalculatorCommand implements Callable<Integer> {

  private final PrintStream out;

  @Mixin private UserDemand demand = new UserDemand();

  CalculatorCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    LoadModel model = demand.calls();
    Optional<UserDemand.CallSize> size = demand.size();
    print(model);
    size.ifPresent(tokens -> printTokens(model.withMargin(), tokens));
    return 0;
  }

  private void print(LoadModel model) {
    model.arithmetic().forEach(out::println);
    out.println("settings: -Dllm.load.rpm=" + LoadModel.text(model.withMargin()));
  }

  private void printTokens(BigDecimal rpm, UserDemand.CallSize size) {
    BigDecimal input = size.input();
    BigDecimal generated = size.output();
    out.println(
        LoadModel.text(rpm)
            + " calls/min x ("
            + LoadModel.text(input)
            + " + "
            + LoadModel.text(generated)
            + ") tokens = "
            + LoadModel.text(rpm.multiply(size.total()))
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
