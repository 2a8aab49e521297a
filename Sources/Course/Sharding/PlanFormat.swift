internal import Execution
internal import Foundation

/// A language in which engines are told what to compute.
package enum PlanFormat: String, Sendable, CaseIterable {
    /// The plan itself.
    case json
    /// A file for Ninja: `ninja -f plan.ninja`.
    case ninja
    /// A script that submits an array job and the job that collects it to Slurm: `sh plan.sh`.
    case slurm
    /// A matrix of GitHub Actions, for `fromJSON`.
    case github

    /// Returns a plan in this language.
    package func text(of plan: ComputationPlan) -> String {
        switch self {
        case .json: PlanFormat.json(plan)
        case .ninja: PlanFormat.ninja(plan)
        case .slurm: PlanFormat.slurm(plan)
        case .github: PlanFormat.github(plan)
        }
    }

    private static func json(_ plan: some Encodable, isPretty: Bool = true) -> String {
        let encoder = JSONEncoder.stable
        if !isPretty { encoder.outputFormatting.remove(.prettyPrinted) }
        // Numbers that are not finite, of which there are none, alone could not be encoded.
        return (try? encoder.encode(plan)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    // MARK: - Ninja

    private static func ninja(_ plan: ComputationPlan) -> String {
        func path(_ text: String) -> String {
            text.replacing("$", with: "$$").replacing(" ", with: "$ ").replacing(":", with: "$:")
        }
        let edges = (plan.tasks + [plan.collecting]).map { task in
            let inputs = task.inputs.isEmpty ? "" : " " + task.inputs.map(path).joined(separator: " ")
            return """
                build \(task.outputs.map(path).joined(separator: " ")): run\(inputs)
                  command = \(task.command.replacing("$", with: "$$"))
                  name = \(task.id.replacing("$", with: "$$"))
                """
        }
        return """
            ninja_required_version = 1.5

            rule run
              command = $command
              description = $name

            \(edges.joined(separator: "\n"))
            """
    }

    // MARK: - Slurm

    private static func slurm(_ plan: ComputationPlan) -> String {
        let merge = plan.collecting.command
        guard let folder = plan.tasks.first.map({ ($0.outputs[0] as NSString).deletingLastPathComponent })
        else {
            return "#!/bin/sh\n# Nothing is to be computed.\nexec \(merge)"
        }
        let logs = ShellWord.quoted((folder as NSString).deletingLastPathComponent)
        let cases = plan.tasks.enumerated().map { "\($0 + 1)) exec \($1.command) ;;" }.joined(separator: "\n")
        // What compiles a lesson takes memory besides.
        let memory = ((plan.tasks.map(\.memory).max() ?? 0) >> 20) + 512
        let minutes = (plan.tasks.map(\.limit).max() ?? 0) / 60 + 2
        let again = plan.again + " --slurm"
        return """
            #!/bin/sh
            # Computes \(plan.tasks.count) tasks as an array job, and then collects them. Run it in the folder that it was
            # planned in: sh plan.sh. What is missing afterwards is submitted again, in five rounds at most.
            set -eu
            UNROLL_ROUND=$((${UNROLL_ROUND:-0} + 1))
            export UNROLL_ROUND
            mkdir -p \(logs)
            job=$(sbatch --parsable --job-name=unroll --array=1-\(plan.tasks.count) --requeue --open-mode=append \
            --mem=\(memory)M --time=\(minutes) --output=\(logs)/%a.log <<'TASK'
            #!/bin/sh
            case $SLURM_ARRAY_TASK_ID in
            \(cases)
            esac
            TASK
            )
            # Not afterok: that waits for ever where a task failed once and was queued again. What is complete, merge says.
            sbatch --parsable --job-name=unroll-merge --dependency=afterany:"${job%%;*}" --requeue --open-mode=append \
            --mem=\(memory)M --time=60 --output=\(logs)/merge.log <<'MERGE'
            #!/bin/sh
            \(merge) && exit 0
            [ "$UNROLL_ROUND" -lt 5 ] || exit 1
            plan=$(\(again)) && printf '%s\\n' "$plan" | sh
            exit 1
            MERGE
            """
    }

    // MARK: - GitHub Actions

    private struct Matrix: Encodable {
        struct Job: Encodable {
            var name: String
            var command: String
            var folder: String
            var minutes: Int
        }
        var include: [Job]
    }

    private static func github(_ plan: ComputationPlan) -> String {
        let jobs = plan.tasks.map { task in
            Matrix.Job(
                name: task.id,
                command: task.command,
                folder: (task.outputs[0] as NSString).deletingLastPathComponent,
                minutes: task.limit / 60 + 2
            )
        }
        return json(Matrix(include: jobs), isPretty: false)
    }
}
