package dev.assay.scanjob.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SafePathTest {
  record Case(String name, String given, List<String> parts) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> accepted() {
    return Stream.of(
        new Case("a plain path", "lib/a.jar", List.of("lib", "a.jar")),
        new Case("dots that lead nowhere", "./lib/./a.jar", List.of("lib", "a.jar")),
        new Case("doubled slashes", "lib//a.jar", List.of("lib", "a.jar")),
        new Case("a directory", "lib/", List.of("lib")),
        new Case("the directory itself", "./", List.of()),
        new Case("backslashes of Windows", "lib\\a.jar", List.of("lib", "a.jar")),
        new Case("names of dots only", "a/.../b", List.of("a", "...", "b")),
        new Case("a colon that is no drive", "sha256:ab/c", List.of("sha256:ab", "c")),
        new Case(
            "what Trivy would skip anywhere", "a/.git/config", List.of("a", ".git~", "config")),
        new Case("what Trivy would skip at the root", "dev/key.pem", List.of("dev~", "key.pem")),
        new Case("the same further down", "a/dev/key.pem", List.of("a", "dev", "key.pem")),
        new Case("letters of other scripts", "\u00fc.txt", List.of("%C3%BC.txt")),
        new Case("control characters", "a\u001b[31m\nb", List.of("a%1B[31m%0Ab")));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void makesAPathForOurDisk(Case c) throws Breach {
    assertThat(SafePath.of(c.given())).isEqualTo(c.parts());
  }

  static Stream<Case> refused() {
    return Stream.of(
        new Case("upward", "../../etc/passwd", List.of("PathEscape")),
        new Case("upward in the middle", "a/../../b", List.of("PathEscape")),
        new Case("upward though it would stay inside", "a/../b", List.of("PathEscape")),
        new Case("upward with backslashes", "a\\..\\..\\b", List.of("PathEscape")),
        new Case("absolute", "/etc/passwd", List.of("PathEscape")),
        new Case("absolute on Windows", "\\Windows\\a", List.of("PathEscape")),
        new Case("a drive", "C:\\Windows\\a", List.of("PathEscape")),
        new Case("a drive without a slash", "c:a", List.of("PathEscape")),
        new Case("NUL", "a\0.jpg", List.of("PathEscape")),
        new Case("deeper than anyone packs", "a/".repeat(129) + "b", List.of("PathTooDeep")));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatWouldLeaveItsDirectory(Case c) {
    assertThatExceptionOfType(Breach.class)
        .isThrownBy(() -> SafePath.of(c.given()))
        .satisfies(b -> assertThat(b.unscannable().reason()).isEqualTo(c.parts().getFirst()))
        .satisfies(b -> assertThat(b.unscannable().message()).doesNotContain("passwd"));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void keepsTheSuffixOfALongName(int length) throws Breach {
    var name = SafePath.of("x".repeat(length) + "/package-lock.json").getFirst();

    assertThat(name.length()).isLessThanOrEqualTo(200);
    assertThat(SafePath.of("y".repeat(length) + ".jar").getFirst()).endsWith(".jar");
  }

  static Stream<Integer> lengths() {
    return Stream.of(1, 199, 200, 201, 5000);
  }
}
