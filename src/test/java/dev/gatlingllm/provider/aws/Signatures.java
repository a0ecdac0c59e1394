package dev.gatlingllm.provider.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The service's side of Signature Version 4, by AWS's description of the algorithm ("Create a
 * signed AWS API request", IAM User Guide).
 */
final class Signatures {

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          ALGORITHM
              + " Credential=([^/]+)/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})");

  private Signatures() {}

  /** What a request says of its signature, and the one it should have. */
  record Signed(String keyId, String scope, List<String> headers, String given, String expected) {}

  /** Of a request whose signature is in its header. Names of headers are lower case. */
  static Signed ofHeader(
      String secret, String method, String path, Map<String, String> headers, String body) {
    Matcher found = AUTHORIZATION.matcher(headers.getOrDefault("authorization", ""));
    if (!found.matches()) {
      throw new AssertionError("no signature: " + headers.keySet());
    }
    List<String> signed = List.of(found.group(3).split(";", -1));
    String[] target = path.split("\\?", 2);
    String canonical =
        String.join(
            "\n",
            method,
            encodedAgain(target[0]),
            sorted(target.length > 1 ? target[1] : ""),
            lines(signed, headers),
            String.join(";", signed),
            hash(body));
    String expected = signature(secret, headers.get("x-amz-date"), found.group(2), canonical);
    return new Signed(found.group(1), found.group(2), signed, found.group(4), expected);
  }

  /** Of an address whose signature is in its query, without a body. */
  static Signed ofQuery(String secret, String method, String host, String query) {
    Map<String, String> parameters = new TreeMap<>();
    for (String pair : query.split("&", -1)) {
      parameters.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
    }
    String given = parameters.remove("X-Amz-Signature");
    String rest =
        parameters.entrySet().stream()
            .map(pair -> pair.getKey() + "=" + pair.getValue())
            .collect(Collectors.joining("&"));
    String canonical =
        String.join("\n", method, "/", rest, "host:" + host + "\n", "host", hash(""));
    String[] credential = parameters.get("X-Amz-Credential").split("%2F", 2);
    String scope = credential[1].replace("%2F", "/");
    String expected = signature(secret, parameters.get("X-Amz-Date"), scope, canonical);
    return new Signed(credential[0], scope, List.of("host"), given, expected);
  }

  private static String signature(String secret, String date, String scope, String canonical) {
    String toSign = String.join("\n", ALGORITHM, date, scope, hash(canonical));
    byte[] key = ("AWS4" + secret).getBytes(UTF_8);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    return HexFormat.of().formatHex(hmac(key, toSign));
  }

  /** Each part of the path is encoded once more than it was for HTTP. */
  private static String encodedAgain(String path) {
    return path.replace("%", "%25");
  }

  private static String sorted(String query) {
    List<String> pairs = new ArrayList<>(List.of(query.split("&", -1)));
    pairs.sort(null);
    return String.join("&", pairs);
  }

  private static String lines(List<String> signed, Map<String, String> headers) {
    return signed.stream()
        .map(name -> name + ":" + headers.get(name).strip().replaceAll(" +", " ") + "\n")
        .collect(Collectors.joining());
  }

  private static String hash(String body) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
