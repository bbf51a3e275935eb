import { REQUEST_PROBLEM_CODES } from "#contract/problem.ts";
import { problemText } from "#hosting/api/problems.ts";
import { Code, Rows } from "./section.tsx";

/** Every code of a refusal, with its status and what it says. */
export function ProblemCodes() {
  return (
    <Rows
      rows={REQUEST_PROBLEM_CODES.map((code) => {
        const { status, detail, retryable } = problemText(code);
        return {
          key: code,
          name: (
            <>
              <Code>{code}</Code> {status}
            </>
          ),
          text: `${detail}${retryable ? " Peut aboutir plus tard." : ""}`,
        };
      })}
    />
  );
}
