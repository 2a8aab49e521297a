import Recurrent
import Testing

extension Parity {
    @Test(arguments: Fixture.cases("sched"))
    func `schedules give PyTorch's learning rates`(schedule: Case) throws {
        let parameter = Tensor.zeros([1]).requiringGradient()
        let optimizer = SGD(
            [parameter],
            learningRate: try #require(schedule["initial_lr"].number),
            momentum: schedule.content["momentums"] == nil ? 0 : 0.9
        )
        if schedule["scheduler"].text == "ReduceLROnPlateau" {
            let plateau = plateau(schedule["kwargs"], optimizer)
            for (metric, rate) in zip(schedule["metrics"].doubles, schedule["lr_after_step"].doubles) {
                plateau.step(metric)
                expectEqual(optimizer.learningRate, rate, schedule.id)
            }
            return
        }
        let stepped = try make(schedule, optimizer)
        let momenta = schedule.content["momentums"]?.doubles
        for (step, rate) in schedule["lrs"].doubles.enumerated() {
            if step > 0 { stepped.step() }
            expectEqual(optimizer.learningRate, rate, "\(schedule.id) after step \(step)")
            if let momenta { expectEqual(optimizer.groups[0].rule.momentum, momenta[step], schedule.id) }
        }
    }

    private func expectEqual(_ ours: Double, _ theirs: Double, _ what: String) {
        #expect(abs(ours - theirs) <= 1e-12 * max(abs(theirs), 1e-3), "\(what): \(ours) is not \(theirs)")
    }

    private func plateau(_ options: Recorded, _ optimizer: SGD) -> ReduceLROnPlateau<SGDRule> {
        ReduceLROnPlateau(
            optimizer,
            mode: options["mode"]?.text == "max" ? .max : .min,
            factor: options["factor"]?.number ?? 0.1,
            patience: options["patience"]?.int ?? 10,
            threshold: options["threshold"]?.number ?? 1e-4,
            thresholdMode: options["threshold_mode"]?.text == "abs" ? .absolute : .relative,
            cooldown: options["cooldown"]?.int ?? 0,
            minimum: options["min_lr"]?.number ?? 0,
            epsilon: options["eps"]?.number ?? 1e-8
        )
    }

    private func make(_ schedule: Case, _ optimizer: SGD) throws -> any Schedule {
        let options = schedule["kwargs"]
        let number = { (name: String, usual: Double) in options[name]?.number ?? usual }
        switch schedule["scheduler"].text {
        case "StepLR":
            return StepDecay(
                optimizer,
                every: try #require(options["step_size"]?.int),
                factor: number("gamma", 0.1)
            )
        case "ExponentialLR":
            return ExponentialDecay(optimizer, factor: number("gamma", 0.1))
        case "CosineAnnealingLR":
            let duration = try #require(options["T_max"]?.int)
            return CosineAnnealing(optimizer, over: duration, to: number("eta_min", 0))
        case "LinearLR":
            return LinearWarmUp(
                optimizer,
                from: number("start_factor", 1 / 3),
                to: number("end_factor", 1),
                over: options["total_iters"]?.int ?? 5
            )
        case "OneCycleLR":
            return OneCycle(
                optimizer,
                maximum: try #require(options["max_lr"]?.number),
                steps: try #require(options["total_steps"]?.int),
                rising: number("pct_start", 0.3),
                annealing: options["anneal_strategy"]?.text == "linear" ? .linear : .cosine,
                momentum: options["cycle_momentum"]?.bool == false
                    ? nil : (number("base_momentum", 0.85), number("max_momentum", 0.95)),
                divisor: number("div_factor", 25),
                finalDivisor: number("final_div_factor", 1e4)
            )
        default:
            throw UnknownCase(description: schedule.id)
        }
    }
}
