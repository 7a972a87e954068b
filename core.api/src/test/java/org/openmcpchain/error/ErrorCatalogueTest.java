/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ErrorCatalogueTest {

    private static final Path PAGES = Path.of("..", "docs", "errors");
    private static final Map<Category, Set<Integer>> STATUSES = Map.of(
            Category.INVALID, Set.of(400, 405, 406, 415, 422),
            Category.NOT_FOUND, Set.of(404),
            Category.CONFLICT, Set.of(409, 422),
            Category.ACCESS, Set.of(401, 403),
            Category.POLICY, Set.of(403),
            Category.LIMIT, Set.of(413, 422, 429, 504),
            Category.EXTERNAL, Set.of(409, 422, 502, 503, 504),
            Category.INTERNAL, Set.of(500));

    static List<ErrorCode> codes() {
        return ErrorCatalogue.all();
    }

    @Test
    void holdsEveryCodeOnce() {
        assertThat(codes()).extracting(ErrorCode::name).doesNotHaveDuplicates().hasSizeGreaterThan(80);
        assertThat(ErrorCatalogue.find("TOOL_ARGUMENTS_INVALID")).contains(ToolError.TOOL_ARGUMENTS_INVALID);
        assertThat(ErrorCatalogue.find("NO_SUCH_CODE")).isEmpty();
    }

    @Test
    void forgetsNoEnumOfThisPackage() throws IOException {
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/org/openmcpchain/error"))) {
            Set<String> topics = sources.map(source -> source.getFileName().toString())
                    .filter(name -> name.endsWith("Error.java"))
                    .map(name -> name.replace(".java", ""))
                    .collect(Collectors.toSet());
            assertThat(codes().stream()
                            .map(code -> ((Enum<?>) code).getDeclaringClass().getSimpleName()))
                    .containsAll(topics);
        }
    }

    @ParameterizedTest
    @MethodSource("codes")
    void eachCodeHasAllItsTraits(ErrorCode code) {
        assertThat(code.name()).matches("[A-Z][A-Z_]{3,40}");
        assertThat(STATUSES.get(code.category())).contains(code.httpStatus());
        assertThat(code.grpcStatus()).isNotNull();
        assertThat(List.of(code.summary(), code.remedy())).allSatisfy(text -> {
            assertThat(text).isNotBlank().doesNotEndWith(".").hasSizeLessThan(160);
            assertThat(Character.isUpperCase(text.charAt(0))).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("codes")
    void eachCodeHasAPageThatSaysWhatToDo(ErrorCode code) throws IOException {
        Path page = PAGES.resolve(code.name() + ".md");
        assertThat(page).exists();
        String text = Files.readString(page);
        assertThat(text)
                .startsWith("# " + code.name() + "\n\n")
                .contains("**Cause.** ")
                .contains("**Remedy.** ");
        assertThat(text.length()).isBetween(200, 2000);
    }

    @Test
    void noPageIsLeftOfACodeThatIsGone() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString().replace(".md", "")))
                    .allSatisfy(name -> assertThat(ErrorCatalogue.find(name)).isPresent());
        }
    }

    @Test
    void whatIsRetryableIsNotTheCallersFault() {
        assertThat(codes().stream().filter(ErrorCode::retryable))
                .extracting(ErrorCode::category)
                .isSubsetOf(Category.LIMIT, Category.EXTERNAL, Category.INTERNAL);
    }

    @Test
    void anExceptionCarriesCodeParametersAndCause() {
        IllegalStateException cause = new IllegalStateException("inner");
        HostException error =
                HostException.caused(cause, ChainError.CHAIN_REVERTED, "detail", "too little", "network", null);

        assertThat(error.code()).isEqualTo(ChainError.CHAIN_REVERTED);
        assertThat(error.parameters()).containsExactly(Map.entry("detail", "too little"), Map.entry("network", "null"));
        assertThat(error.getCause()).isSameAs(cause);
        assertThat(error.getMessage()).contains("CHAIN_REVERTED", "too little").doesNotContain("inner");
        assertThat(error.plainText()).isEqualTo("The contract refused the call: too little");
        assertThatThrownBy(() -> error.parameters().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anExceptionWithoutParametersReadsAsItsSummary() {
        HostException error = HostException.of(RunError.RUN_UNKNOWN);

        assertThat(error.parameters()).isEmpty();
        assertThat(error.plainText()).isEqualTo(RunError.RUN_UNKNOWN.summary());
        assertThat(error.getMessage()).isEqualTo("RUN_UNKNOWN: " + RunError.RUN_UNKNOWN.summary());
        assertThatThrownBy(() -> HostException.of(RunError.RUN_UNKNOWN, "id"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
