package dev.gatlingllm.secret;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognises names of variables, properties and fields whose values are secrets. */
public final class SecretNames {

  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");

  /** Anywhere in a name, whatever stands between its words. */
  private static final List<String> PARTS =
      List.of(
          "secret",
          "passw",
          "passphrase",
          "credential",
          "connectionstring",
          "accesskey",
          "privatekey",
          "apikey");

  private static final Set<String> WORDS =
      Set.of(
          "auth",
          "authorization",
          "bearer",
          "cookie",
          "jwt",
          "key",
          "keys",
          "oauth",
          "pass",
          "pat",
          "pwd",
          "sas",
          "sig",
          "signature",
          "token");

  private static final List<String> ENDINGS = List.of("key", "token", "pwd");

  /** Last words of names that describe a secret and do not hold one. */
  private static final Set<String> SAID_OF_IT =
      Set.of(
          "algorithm",
          "audience",
          "count",
          "dir",
          "enabled",
          "endpoint",
          "expires",
          "expiration",
          "expiry",
          "file",
          "header",
          "host",
          "issuer",
          "length",
          "limit",
          "method",
          "mode",
          "name",
          "path",
          "port",
          "prefix",
          "provider",
          "region",
          "scheme",
          "scope",
          "scopes",
          "size",
          "sock",
          "store",
          "timeout",
          "ttl",
          "type",
          "variable",
          "version");

  /** Folders, whatever they sound like. */
  private static final Set<String> FOLDERS = Set.of("pwd", "oldpwd");

  private SecretNames() {}

  /** Whether a value of this name is taken for a secret. */
  public static boolean looksSecret(String name) {
    List<String> words =
        Arrays.stream(BETWEEN_WORDS.split(name))
            .filter(word -> !word.isEmpty())
            .map(word -> word.toLowerCase(Locale.ROOT))
            .toList();
    if (words.isEmpty() || SAID_OF_IT.contains(words.get(words.size() - 1))) {
      return false;
    }
    String squeezed = String.join("", words);
    if (FOLDERS.contains(squeezed)) {
      return false;
    }
    return PARTS.stream().anyMatch(squeezed::contains)
        || words.stream().anyMatch(SecretNames::isSecret);
  }

  private static boolean isSecret(String word) {
    return WORDS.contains(word) || ENDINGS.stream().anyMatch(word::endsWith);
  }
}
