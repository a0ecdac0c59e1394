package dev.gatlingllm.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of a command, told apart: {@code RUN_A RUN_B --out FOLDER --yes}.
 *
 * @param operands those that are no options, in order
 * @param options the values given for each option; none for a flag
 */
public record CommandLine(List<String> operands, Map<String, List<String>> options) {

  /**
   * What a command accepts.
   *
   * @param usage one line that is printed with each refusal
   * @param valued options that take a value, such as {@code --out}; each may be given repeatedly
   * @param flags options without one
   */
  public record Syntax(String usage, Set<String> valued, Set<String> flags) {

    /** Copies the sets. */
    public Syntax {
      valued = Set.copyOf(valued);
      flags = Set.copyOf(flags);
    }

    /**
     * Tells the arguments apart.
     *
     * @throws IllegalArgumentException naming an option that is unknown or lacks its value
     */
    public CommandLine parse(List<String> arguments) {
      List<String> operands = new ArrayList<>();
      Map<String, List<String>> options = new LinkedHashMap<>();
      Iterator<String> rest = arguments.iterator();
      while (rest.hasNext()) {
        String argument = rest.next();
        if (!argument.startsWith("--")) {
          operands.add(argument);
        } else if (flags.contains(argument)) {
          options.computeIfAbsent(argument, any -> new ArrayList<>());
        } else if (!valued.contains(argument)) {
          throw refused("there is no option " + argument);
        } else if (!rest.hasNext()) {
          throw refused(argument + " needs a value");
        } else {
          options.computeIfAbsent(argument, any -> new ArrayList<>()).add(rest.next());
        }
      }
      return new CommandLine(operands, options);
    }

    /** A refusal, with the usage. */
    public IllegalArgumentException refused(String reason) {
      return new IllegalArgumentException(reason + "; " + usage);
    }
  }

  /** Copies the collections. */
  public CommandLine {
    operands = List.copyOf(operands);
    Map<String, List<String>> copy = new LinkedHashMap<>();
    options.forEach((option, values) -> copy.put(option, List.copyOf(values)));
    options = Collections.unmodifiableMap(copy);
  }

  /** Whether an option was given. */
  public boolean has(String option) {
    return options.containsKey(option);
  }

  /** Every value of an option, in order. */
  public List<String> values(String option) {
    return options.getOrDefault(option, List.of());
  }

  /**
   * The value of an option that makes sense once.
   *
   * @throws IllegalArgumentException if it was given twice with different values
   */
  public Optional<String> value(String option) {
    List<String> given = values(option);
    if (new HashSet<>(given).size() > 1) {
      throw new IllegalArgumentException(option + " is given more than once: " + given);
    }
    return given.stream().findFirst();
  }
}
