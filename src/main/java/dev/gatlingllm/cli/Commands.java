package dev.gatlingllm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.text.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The commands of this project: which there are, and how one of them is run. */
@Command(
    name = "gatling-llm",
    description = {
      "Reports, compares and exports finished runs, and prepares new ones.",
      "gatling-llm COMMAND --help says which arguments a command takes.",
      ""
    },
    footer = {"", "With Maven: mvn -q compile exec:java@COMMAND -Dexec.args=\"ARGUMENTS\""},
    mixinStandardHelpOptions = true,
    versionProvider = Commands.Version.class,
    scope = ScopeType.INHERIT)
public final class Commands {

  private static final int WIDTH = 100;

  private Commands() {}

  /**
   * Runs the command that the first argument names with the others.
   *
   * @return the exit status: 0; 1 if a gate is not met; 2 after one line on {@code err} that says
   *     what is wrong with the input
   */
  public static int run(List<String> arguments, InputStream in, PrintStream out, PrintStream err) {
    return line(in, Clock.systemUTC(), Console.of(out), Console.of(err))
        .execute(arguments.toArray(String[]::new));
  }

  static CommandLine line(InputStream in, Clock clock, PrintStream out, PrintStream err) {
    return new CommandLine(new Commands())
        .addSubcommand(new ReportCommand(out, err))
        .addSubcommand(new RunCommand())
        .addSubcommand(new RunsCommand(out))
        .addSubcommand(new CleanRunsCommand(clock, out))
        .addSubcommand(new CompareCommand(out))
        .addSubcommand(new BaselineCommand(out))
        .addSubcommand(new CommentCommand(System.getenv(), out, err))
        .addSubcommand(new CallsNeededCommand(out))
        .addSubcommand(new ExportCommand(out))
        .addSubcommand(new LatencyTableCommand(out))
        .addSubcommand(new CalculatorCommand(out))
        .addSubcommand(new SizeCommand(out))
        .addSubcommand(new TokeniseCommand(in, out))
        .addSubcommand(new DatasetCommand(out))
        .addSubcommand(new SimulatorCommand(out, err))
        .addSubcommand(new ClockCommand(out, err))
        .registerConverter(BigDecimal.class, Commands::number)
        .registerConverter(Integer.class, Commands::count)
        .registerConverter(int.class, Commands::count)
        .registerConverter(Duration.class, Commands::duration)
        .setExpandAtFiles(false)
        .setUsageHelpWidth(WIDTH)
        .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setOut(new PrintWriter(out, true, UTF_8))
        .setErr(new PrintWriter(err, true, UTF_8))
        .setParameterExceptionHandler((wrong, arguments) -> refused(wrong, err))
        .setExecutionExceptionHandler((failure, line, parsed) -> failed(failure, line, err));
  }

  private static BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException ignored) {
      throw new TypeConversionException("must be a number, was \"" + text + '"');
    }
  }

  private static Integer count(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new TypeConversionException("must be a whole number, was \"" + text + '"');
    }
    return Integer.valueOf(text);
  }

  private static Duration duration(String text) {
    return ConfigReader.durationOf(text)
        .filter(time -> !time.isNegative())
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "must be a duration such as 30min or 0s, was \"" + text + '"'));
  }

  private static int refused(ParameterException wrong, PrintStream err) {
    err.println(wrong.getCommandLine().getCommandName() + ": " + UsageError.text(wrong));
    return ExitCode.USAGE;
  }

  private static int failed(Exception failure, CommandLine line, PrintStream err) throws Exception {
    if (failure instanceof IOException) {
      String kind = failure.getClass().getSimpleName();
      err.println(line.getCommandName() + ": " + kind + ": " + failure.getMessage());
    } else if (failure instanceof IllegalArgumentException
        || failure instanceof RecordFormatException) {
      err.println(line.getCommandName() + ": " + failure.getMessage());
    } else {
      throw failure;
    }
    return ExitCode.USAGE;
  }

  /** The version of this project and of the Gatling that it was built with. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      Properties versions = new Properties();
      try (InputStream in =
          Commands.class.getResourceAsStream("/dev/gatlingllm/run/versions.properties")) {
        versions.load(in);
      }
      return new String[] {
        "gatling-llm " + versions.getProperty("gatling-llm"),
        "Gatling " + versions.getProperty("gatling")
      };
    }
  }
}
